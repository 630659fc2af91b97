# Lists all jobs once, and counts those that failed.
(Get-FwDpoJob -All | Where-Object State -EQ Failed | Measure-Object).Count
