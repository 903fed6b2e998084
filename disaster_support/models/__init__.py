"""Disasters and the support given, and what the portal tells while one is on."""

from disaster_support.models.disaster import Disaster, SupportRecord
from disaster_support.models.emergency import DisasterMode, EmergencyNotice, NoticeTemplate

__all__ = ["Disaster", "DisasterMode", "EmergencyNotice", "NoticeTemplate", "SupportRecord"]
