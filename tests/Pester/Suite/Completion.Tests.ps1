BeforeAll {
    Import-Module Fireworks.DpoJobs
    # No key and no address: a completer that touched the network would show.
    $env:FIREWORKS_API_KEY = $env:FIREWORKS_BASE_URL = $null
    function Complete($Line) { (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches }
}

Describe 'Tab' {
    It 'completes <Line> to <First>' -ForEach @(
        @{ Line = 'Get-FwDpo'; First = 'Get-FwDpoJob' }
        @{ Line = 'Get-FwDpoJob -ReadM'; First = '-ReadMask' }
        @{ Line = 'Get-FwDpoJob -ReadMask Disp'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask display_n'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask displayN'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask Name, Stat'; First = 'State' }
        @{ Line = 'Get-FwDpoJob -ReadMask TrainingConfig.Base'; First = 'TrainingConfig.BaseModel' }
        @{ Line = 'Get-FwDpoJob -ReadMask training_config.base'; First = 'TrainingConfig.BaseModel' }
        @{ Line = 'Get-FwDpoJob -ReadMask BaseM'; First = 'TrainingConfig.BaseModel' }
        @{ Line = "Get-FwDpoJob -ReadMask 'Name,Disp"; First = "'Name,DisplayName'" }
        @{ Line = 'Get-FwDpoJob -OrderBy CreateT'; First = 'CreateTime' }
    ) {
        (Complete $Line)[0].CompletionText | Should -BeExactly $First
    }

    It 'offers each order in both directions, quoted where it needs to be' {
        (Complete 'Get-FwDpoJob -OrderBy CreateT').CompletionText | Should -Be 'CreateTime', "'CreateTime desc'"
    }

    It 'says in a tooltip how the field is sent, and of what type it is' {
        (Complete 'Get-FwDpoJob -ReadMask CreateT')[0].ToolTip | Should -BeExactly 'CreateTime (create_time, DateTimeOffset)'
    }

    It 'offers one level at a time' {
        (Complete 'Get-FwDpoJob -ReadMask ').CompletionText | Should -Contain 'TrainingConfig'
        (Complete 'Get-FwDpoJob -ReadMask ').CompletionText | Should -Not -Contain 'TrainingConfig.BaseModel'
        (Complete 'Get-FwDpoJob -ReadMask TrainingConfig.LrScheduler.').CompletionText |
            Should -Contain 'TrainingConfig.LrScheduler.Cosine'
    }

    It 'offers no order by an object or a secret' {
        $offered = (Complete 'Get-FwDpoJob -OrderBy ').CompletionText + (Complete 'Get-FwDpoJob -OrderBy WandbConfig.').CompletionText
        $offered | Should -Not -Contain 'TrainingConfig'
        $offered | Should -Not -Contain 'WandbConfig.ApiKey'
        $offered | Should -Contain 'WandbConfig.Project'
    }

    It 'offers what it completes with property names that the objects have' {
        foreach ($path in (Complete 'Get-FwDpoJob -ReadMask ').CompletionText) {
            [Fireworks.DpoJobs.Models.DpoJob].GetProperty($path) | Should -Not -BeNullOrEmpty -Because $path
        }
    }
}
