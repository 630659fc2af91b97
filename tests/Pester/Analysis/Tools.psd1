# PSScriptAnalyzer settings for the scripts that build, test, measure and demonstrate the module, except the test files.
@{
    ExcludeRules = @(
        # Functions such as Start-Emulator only manage processes of the tests, so they need no -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
    )
    Rules        = @{
        # Path segments, command-line arguments and the parts of the live check's report are clear from their order.
        PSAvoidUsingPositionalParameters = @{
            CommandAllowList = @('Join-Path', 'Invoke-DotNet', 'Add-Result', 'Test-Filter', 'Send-Request')
        }
        # The script blocks passed to these commands use parameters of the enclosing function.
        PSReviewUnusedParameter          = @{
            CommandsToTraverse = @('Wait-Until')
        }
    }
}
