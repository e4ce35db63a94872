"""A nightly task for the system at hand: what to write, and how to switch it on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

from gongkai.domain.model import Value

SHORTLY_AFTER = time(0, 2)
"""When the site is made: a little after midnight in the factory."""
NAME = "gongkai-board"


class System(Enum):
    """What runs tasks at night."""

    WINDOWS = "windows"
    """The task scheduler of Windows."""
    SYSTEMD = "systemd"
    """Timers of the user's own systemd."""
    CRON = "cron"
    """A file with the line for crontab."""


class ScheduledTask(Value, frozen=True):
    """What the task calls, on which site."""

    python: Path
    root: Path
    out: Path
    zone: ZoneInfo

    @property
    def command(self) -> tuple[str, ...]:
        """The command, with every path written out."""
        build = (str(self.python), "-X", "utf8", "-m", "gongkai", "build")
        return (*build, "--quiet", "--root", str(self.root), "--out", str(self.out))


class SchedulePlan(Value, frozen=True):
    """Files to write, by their paths under the user's home, and the command that switches the task
    on."""

    files: Mapping[str, str]
    command: tuple[str, ...]


def plan(task: ScheduledTask, system: System) -> SchedulePlan:
    """What a system needs to run a task every night, also after a night without power."""
    makers = {System.WINDOWS: _windows, System.SYSTEMD: _systemd, System.CRON: _cron}
    return makers[system](task)


def _windows(task: ScheduledTask) -> SchedulePlan:
    """An XML task, since schtasks alone cannot say that a missed start is made up for."""
    program, *rest = task.command
    arguments = " ".join(f'"{text}"' if " " in text else text for text in rest)
    file = f"{NAME}.xml"
    text = _TASK.format(
        program=_escaped(program),
        arguments=_escaped(arguments),
        root=_escaped(str(task.root)),
        at=f"{SHORTLY_AFTER:%H:%M:%S}",
    )
    return SchedulePlan({file: text}, ("schtasks", "/create", "/f", "/tn", NAME, "/xml", file))


def _systemd(task: ScheduledTask) -> SchedulePlan:
    command = " ".join(_quoted(text) for text in task.command)
    service = f"[Unit]\nDescription={NAME}\n\n[Service]\nType=oneshot\nExecStart={command}\n"
    when = f"*-*-* {SHORTLY_AFTER:%H:%M:%S} {task.zone.key}"
    timer = (
        f"[Unit]\nDescription={NAME}\n\n[Timer]\nOnCalendar={when}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    folder = ".config/systemd/user"
    files = {f"{folder}/{NAME}.service": service, f"{folder}/{NAME}.timer": timer}
    return SchedulePlan(files, ("systemctl", "--user", "enable", "--now", f"{NAME}.timer"))


def _cron(task: ScheduledTask) -> SchedulePlan:
    """Every hour, since cron counts in the zone of the machine. A build without a change takes a
    moment."""
    command = " ".join(f"'{text}'" for text in task.command).replace("%", "\\%")
    file = f"{NAME}.cron"
    return SchedulePlan({file: f"{SHORTLY_AFTER.minute} * * * * {command}\n"}, ("crontab", file))


def _quoted(word: str) -> str:
    """A word of ExecStart: percent signs and dollars mean themselves."""
    plain = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{plain}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{at}</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <StartWhenAvailable>true</StartWhenAvailable>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
  </Settings>
  <Actions>
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{root}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
