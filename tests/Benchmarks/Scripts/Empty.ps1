# What PowerShell itself takes.
0
