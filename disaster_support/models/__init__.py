"""Disasters and the support given, and what the portal tells while one is on."""

from disaster_support.models.disaster import Disaster, DisasterStep, SupportRecord
from disaster_support.models.emergency import DisasterMode, EmergencyNotice, NoticeTemplate

__all__ = ["Disaster", "DisasterMode", "DisasterStep", "EmergencyNotice", "NoticeTemplate", "SupportRecord"]
