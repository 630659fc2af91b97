# PSScriptAnalyzer on the test files of the suite, which Pester runs in PowerShell 7.
@{
    ExcludeRules = @(
        # What BeforeAll assigns is used in the blocks of It, which the rule does not follow.
        'PSUseDeclaredVarsMoreThanAssignments'

        # New-Job and its like make values for a test: nobody asks for them with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'

        # The keys of the tests are made up, and stand in the text so that one can look for them in what was written.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # Figures and seeds of a run are for the person who watches it, among Pester's own lines, which go the same way.
        'PSAvoidUsingWriteHost'

        # A table of cases, and a helper that stands beside its calls, read better without names.
        'PSAvoidUsingPositionalParameters'

        # For Windows PowerShell, which takes UTF-8 without a mark for another encoding. No test file runs there.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
