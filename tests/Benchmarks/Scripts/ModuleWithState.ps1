# Lists the jobs that failed once, and counts them.
# Without the import, PowerShell searches all modules for the cmdlet, which takes longer than the import.
Import-Module Fireworks.DpoJobs
@(Get-FwDpoJob -All -State Failed -WarningAction Ignore).Count
