"""The public tables, in the order in which they are offered."""

from portal.open_data.dataset import Dataset
from portal.open_data.tables.agreements import AGREEMENTS
from portal.open_data.tables.disasters import DISASTER_SUPPORT
from portal.open_data.tables.events import EVENTS
from portal.open_data.tables.exhibitions import EXHIBITIONS
from portal.open_data.tables.figures import STATISTICS
from portal.open_data.tables.news import NEWS
from portal.open_data.tables.places import MUNICIPALITIES, TIES

DATASETS: dict[str, Dataset] = {
    dataset.id: dataset
    for dataset in (EVENTS, EXHIBITIONS, MUNICIPALITIES, TIES, AGREEMENTS, DISASTER_SUPPORT, STATISTICS, NEWS)
}

__all__ = ["DATASETS"]
