BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    # Without a key and an address, a completer that used the network would fail.
    $env:FIREWORKS_API_KEY = $env:FIREWORKS_BASE_URL = $null
    function Complete($Line) { (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches }
}
AfterAll { Remove-Module Support }

Describe 'Tab completion' {
    It 'completes <Line> to <First>' -ForEach @(
        @{ Line = 'Get-FwDpo'; First = 'Get-FwDpoJob' }
        @{ Line = 'Get-FwDpoJob -ReadM'; First = '-ReadMask' }
        @{ Line = 'New-FwDpoJob -LossMethod o'; First = 'ORPO' }
        @{ Line = 'New-FwDpoJob -LossMethod gspo'; First = 'GSPO_TOKEN' }
        @{ Line = 'New-FwDpoJob -Scheduler c'; First = 'Constant' }
        @{ Line = 'Get-FwDpoJob -ReadMask Disp'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask display_n'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask displayN'; First = 'DisplayName' }
        @{ Line = 'Get-FwDpoJob -ReadMask Name, Stat'; First = 'State' }
        @{ Line = 'Get-FwDpoJob -ReadMask TrainingConfig.Base'; First = 'TrainingConfig.BaseModel' }
        @{ Line = 'Get-FwDpoJob -ReadMask training_config.base'; First = 'TrainingConfig.BaseModel' }
        @{ Line = 'Get-FwDpoJob -ReadMask BaseM'; First = 'TrainingConfig.BaseModel' }
        @{ Line = "Get-FwDpoJob -ReadMask 'Name,Disp"; First = "'Name,DisplayName'" }
        @{ Line = 'Get-FwDpoJob -OrderBy CreateT'; First = 'CreateTime' }
        @{ Line = 'Get-FwDpoJob -State fa'; First = 'Failed' }
        @{ Line = 'Get-FwDpoJob -State Failed, can'; First = 'Cancelled' }
        @{ Line = 'Get-FwDpoJob -State JOB_STATE_RE'; First = 'ReQueueing' }
        @{ Line = 'Get-FwDpoJob -Filter sta'; First = "'state'" }
        @{ Line = "Get-FwDpoJob -Filter 'training_config.ep"; First = "'training_config.epochs'" }
        @{ Line = "Get-FwDpoJob -Filter 'state = JOB_STATE_CANCELLE"; First = "'state = JOB_STATE_CANCELLED'" }
        @{ Line = 'Get-FwDpoJob -Filter "state != JOB_STATE_PA'; First = '"state != JOB_STATE_PAUSED"' }
        @{ Line = "Get-FwDpoJob -Filter 'state = (JOB_STATE_FAILED OR JOB_STATE_PA"; First = "'state = (JOB_STATE_FAILED OR JOB_STATE_PAUSED'" }
        @{ Line = "Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED "; First = "'state = JOB_STATE_FAILED AND '" }
        @{ Line = "Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED AND (use_res"; First = "'state = JOB_STATE_FAILED AND (use_reservation'" }
        @{ Line = "Get-FwDpoJob -Filter 'use_reservation = "; First = "'use_reservation = true'" }
    ) {
        (Complete $Line)[0].CompletionText | Should -BeExactly $First
    }

    It 'offers ascending and descending order for -OrderBy, quoted where needed' {
        (Complete 'Get-FwDpoJob -OrderBy CreateT').CompletionText | Should -Be 'CreateTime', "'CreateTime desc'"
    }

    It 'completes the profiles of firectl' {
        $before = $env:HOME
        $env:HOME = Join-Path $TestDrive 'home'
        try {
            'staging', 'prod', "day's end" | ForEach-Object { $null = New-Item (Join-Path $env:HOME ".fireworks/profiles/$_") -ItemType Directory -Force }
            (Complete 'Connect-FwAccount -Profile ').CompletionText | Should -Be "'day''s end'", 'prod', 'staging'
            (Complete 'Connect-FwAccount -Profile ST').CompletionText | Should -Be 'staging'
            (Complete "Connect-FwAccount -Profile 'day").CompletionText | Should -Be "'day''s end'"
        }
        finally { $env:HOME = $before }
    }

    It 'describes each state in its tooltip' {
        $offered = Complete 'Get-FwDpoJob -State '
        $offered | Should -HaveCount 19
        ($offered | Where-Object CompletionText -EQ Paused).ToolTip | Should -BeExactly 'Paused; may not continue by itself.'
        @($offered.ToolTip | Sort-Object -Unique) | Should -HaveCount 19
    }

    It 'offers no secret field for -Filter' {
        (Complete "Get-FwDpoJob -Filter 'wandb_config.").CompletionText | Should -Contain "'wandb_config.project'"
        (Complete "Get-FwDpoJob -Filter 'wandb_config.").CompletionText | Should -Not -Contain "'wandb_config.api_key'"
    }

    It 'shows the API name and the type of a field in its tooltip' {
        (Complete 'Get-FwDpoJob -ReadMask CreateT')[0].ToolTip | Should -BeExactly 'CreateTime (create_time, DateTimeOffset)'
    }

    It 'offers nested fields one level at a time' {
        (Complete 'Get-FwDpoJob -ReadMask ').CompletionText | Should -Contain 'TrainingConfig'
        (Complete 'Get-FwDpoJob -ReadMask ').CompletionText | Should -Not -Contain 'TrainingConfig.BaseModel'
        (Complete 'Get-FwDpoJob -ReadMask TrainingConfig.LrScheduler.').CompletionText |
            Should -Contain 'TrainingConfig.LrScheduler.Cosine'
    }

    It 'offers no object and no secret for -OrderBy' {
        $offered = (Complete 'Get-FwDpoJob -OrderBy ').CompletionText + (Complete 'Get-FwDpoJob -OrderBy WandbConfig.').CompletionText
        $offered | Should -Not -Contain 'TrainingConfig'
        $offered | Should -Not -Contain 'WandbConfig.ApiKey'
        $offered | Should -Contain 'WandbConfig.Project'
    }

    It 'offers only existing properties for -ReadMask' {
        foreach ($path in (Complete 'Get-FwDpoJob -ReadMask ').CompletionText) {
            [Fireworks.DpoJobs.DpoJob].GetProperty($path) | Should -Not -BeNullOrEmpty -Because $path
        }
    }
}
