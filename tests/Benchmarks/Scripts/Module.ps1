# Lists all jobs once, and counts those that failed.
# Without the import, PowerShell searches all modules for the cmdlet, which takes longer than the import.
Import-Module Fireworks.DpoJobs
@(Get-FwDpoJob -All | Where-Object State -EQ Failed).Count
