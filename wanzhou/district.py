"""What a deployment says of itself: the district that it serves, and the foot of its pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class District:
    """The names of the one district that this deployment serves."""

    name: str
    short: str
    city: str
    commission: str
    commission_short: str
    congress: str
    site_title: str


@dataclass(frozen=True)
class Footer:
    """What a government site states at its foot; an empty field is not shown."""

    host_unit: str
    contact: str
    site_code: str
    icp: str
    police_record: str
