# Lists the jobs that failed once, and counts them.
(Get-FwDpoJob -All -State Failed -WarningAction Ignore | Measure-Object).Count
