# PSScriptAnalyzer on what builds, measures, shows and tests the module, but for the test files themselves.
@{
    ExcludeRules = @(
        # Start-Emulator and its like start and end processes of the tests' own: nobody asks for them with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
    )
    Rules        = @{
        # Parts of a path, and the words of a command line, are read in their order.
        PSAvoidUsingPositionalParameters = @{
            CommandAllowList = @('Join-Path', 'Invoke-DotNet')
        }
        # These take script blocks, which use the parameters of the function around them.
        PSReviewUnusedParameter          = @{
            CommandsToTraverse = @('Wait-Until')
        }
    }
}
