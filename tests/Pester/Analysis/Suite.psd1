# PSScriptAnalyzer settings for the test files, which Pester runs in PowerShell 7.
@{
    ExcludeRules = @(
        # The blocks of It use variables that BeforeAll assigns. The rule does not follow them.
        'PSUseDeclaredVarsMoreThanAssignments'

        # Functions such as New-Job only create test data, so they need no -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'

        # The keys are fake, and must be plain text so that tests can search output for them.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # Measurements and seeds belong in the console next to Pester's own output, which is written the same way.
        'PSAvoidUsingWriteHost'

        # Calls of small local helper functions are easier to read without parameter names.
        'PSAvoidUsingPositionalParameters'

        # Only Windows PowerShell needs a byte order mark, and only for characters beyond ASCII.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
