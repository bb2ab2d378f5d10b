rem Windows Task Scheduler, as an administrator: the first task, or the other two; see docs/clock.md.
rem ARENDEGANG_DB, ARENDEGANG_ACTOR and ARENDEGANG_LANG are set as system variables.
schtasks /Create /TN "Arendegang clock" /SC ONSTART /RU "LOCAL SERVICE" /TR "arendegang.exe --no-input scheduler run"
schtasks /Create /TN "Arendegang sweep" /SC HOURLY /ST 00:05 /RU "LOCAL SERVICE" /TR "arendegang.exe --no-input sweep"
schtasks /Create /TN "Arendegang outbox" /SC MINUTE /RU "LOCAL SERVICE" /TR "arendegang.exe --no-input outbox send"
