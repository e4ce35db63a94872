"""The rates of the supervision group, by name; ``supervision.metrics`` works them out."""

from __future__ import annotations

from enum import Enum


class Rate(Enum):
    """What is measured; the value is its name in JSON."""

    DISCLOSURE = "disclosure"
    """公开率: duties due in W for which something was up by its end."""
    TIMELINESS = "timeliness"
    """及时率: the same, up by the day it was due."""
    CURRENCY = "currency"
    """更新率: of what should be renewed, what was current at the end of W."""
    COVERAGE = "coverage"
    """实行面: boards with at least one current item."""
    ELEMENTS = "elements"
    """要素齐全率: items published in W whose content, form, scope, time and owner were typed."""
    PROCEDURE = "procedure"
    """程序完整率: items due for all five steps, of those whose category needs anything or that
    record steps, that have what is needed and, where steps are, all five."""
    CONGRESS = "congress"
    """职代会审议率: items published in W that need the congress, with a valid record."""
    NOTICES = "notices"
    """公示合规率: notices ended in W that were as they have to be, with their outcome."""
    OPINIONS_CLOSED = "opinions_closed"
    """意见办结率: opinions due in W that were closed by its end."""
    OPINIONS_ON_TIME = "opinions_on_time"
    """按期办结率: the same, closed by the day they were due."""
    REPLIES_PUBLISHED = "replies_published"
    """答复公开率: of those closed, whose reply was published, or private at the asker's wish."""
    SATISFACTION = "satisfaction"
    """满意率: satisfied and fairly satisfied of the valid sheets of surveys in W."""
    OPINION_SATISFACTION = "opinion_satisfaction"
    """意见满意率: satisfied and fairly satisfied of those who appraised a reply."""
    RECTIFIED = "rectified"
    """整改率: rectifications due in W that were done by its end."""
    ARCHIVED = "archived"
    """归档率: items that left in W and are filed."""
    CORRECTED = "corrected"
    """更正率: items corrected in W, of those published in W."""
