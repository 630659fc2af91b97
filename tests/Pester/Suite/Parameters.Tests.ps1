BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Support.psm1') -Force
    Import-Module Fireworks.DpoJobs
    $emulator = Start-Emulator emulate, --jobs, 30
}
AfterAll { Stop-Emulator $emulator; Remove-Module Support }

Describe '-ReadMask' {
    BeforeEach { Reset-Emulator $emulator }

    It 'sends <Given> as <Sent>' -ForEach @(
        @{ Given = 'TrainingConfig.BaseModel', 'CreateTime'; Sent = 'training_config.base_model,create_time' }
        @{ Given = 'trainingConfig.baseModel'; Sent = 'training_config.base_model' }
        @{ Given = 'training_config.base_model'; Sent = 'training_config.base_model' }
        @{ Given = 'Name, State'; Sent = 'name,state' }
        @{ Given = 'Id', 'AccountId', 'Name'; Sent = 'name' }
        @{ Given = 'Duration'; Sent = 'create_time,completed_time' }
        @{ Given = 'StateText', 'IsFinished'; Sent = 'state' }
        @{ Given = '*'; Sent = '*' }
    ) {
        $null = Get-FwDpoJob -ReadMask $Given -First 1
        (Get-EmulatorRequest $emulator).Query.readMask | Should -BeExactly $Sent
    }

    It 'sends an unknown field unchanged' {
        { Get-FwDpoJob -ReadMask newField_X -First 1 } | Should -Throw -ErrorId 'FwApi.InvalidArgument,*'
        (Get-EmulatorRequest $emulator).Query.readMask | Should -BeExactly 'newField_X'
    }

    It 'leaves fields outside the mask $null' {
        $job = Get-FwDpoJob -ReadMask Name, State -First 1
        $job.Name | Should -Not -BeNullOrEmpty
        $job.State | Should -Not -BeNullOrEmpty
        foreach ($name in 'DisplayName', 'CreateTime', 'CompletedTime', 'Duration', 'Dataset', 'Status', 'TrainingConfig', 'WandbConfig', 'UseReservation') {
            $null -eq $job.$name | Should -BeTrue -Because $name
        }
    }

    It 'can omit the name and the state' {
        $job = Get-FwDpoJob -ReadMask DisplayName -First 1
        foreach ($name in 'Name', 'Id', 'AccountId', 'State', 'StateText', 'IsFinished') {
            $null -eq $job.$name | Should -BeTrue -Because $name
        }
    }
}

Describe '-OrderBy' {
    BeforeEach { Reset-Emulator $emulator }

    It 'sends <Given> as <Sent>' -ForEach @(
        @{ Given = 'CreateTime desc'; Sent = 'create_time desc' }
        @{ Given = 'create_time DESC', 'Name'; Sent = 'create_time desc,name' }
        @{ Given = 'TrainingConfig.Epochs desc, createTime asc'; Sent = 'training_config.epochs desc,create_time' }
        @{ Given = 'Id'; Sent = 'name' }
    ) {
        $null = Get-FwDpoJob -OrderBy $Given -First 1
        (Get-EmulatorRequest $emulator).Query.orderBy | Should -BeExactly $Sent
    }

    It 'returns the jobs in the requested order' {
        $times = (Get-FwDpoJob -All -OrderBy 'CreateTime desc').CreateTime
        $times | Should -Be ($times | Sort-Object -Descending)
    }
}

Describe '-Filter with a string' {
    BeforeEach { Reset-Emulator $emulator }

    It 'sends the filter unchanged' {
        $null = Get-FwDpoJob -Filter 'state = JOB_STATE_FAILED AND display_name != "a&b=c + d"' -First 1 -ErrorAction SilentlyContinue
        (Get-EmulatorRequest $emulator).Query.filter | Should -BeExactly 'state = JOB_STATE_FAILED AND display_name != "a&b=c + d"'
    }

    It 'causes one error with the message of the service when the filter is rejected' {
        $failure = { Get-FwDpoJob -Filter 'nonsense >' } | Should -Throw -ErrorId 'FwApi.InvalidArgument,*' -PassThru
        $failure.Exception.Code | Should -Be ([Fireworks.DpoJobs.RpcCode]::InvalidArgument)
        $failure.Exception.ServiceMessage | Should -Not -BeNullOrEmpty
        "$failure" | Should -Match 'filter=nonsense'
    }
}

Describe 'A number out of range' {
    BeforeEach { Reset-Emulator $emulator }

    It 'is rejected before any request: -<Parameter> <Value>' -ForEach @(
        @{ Parameter = 'PageSize'; Value = 0 }
        @{ Parameter = 'PageSize'; Value = 201 }
        @{ Parameter = 'PageSize'; Value = -1 }
        @{ Parameter = 'First'; Value = 0 }
        @{ Parameter = 'First'; Value = -1 }
    ) {
        $arguments = @{ $Parameter = $Value }
        { Get-FwDpoJob @arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }
}

Describe '-Verbose' {
    BeforeEach { Reset-Emulator $emulator }

    It 'writes one line per request, without the key' {
        $lines = Get-FwDpoJob -All -PageSize 10 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $lines | Should -HaveCount 3
        "$($lines[0])" | Should -Match '^GET http://127\.0\.0\.1:\d+/v1/accounts/acme/dpoJobs\?pageSize=10: 200, 10 jobs of 30, more pages follow, '
        "$($lines[2])" | Should -Match 'last page'
        "$lines" | Should -Not -Match 'fw_test'
    }

    It 'shows the reason, the delay and the number of a retry' {
        Set-EmulatorResponse $emulator @{ status = 429; headers = @{ 'retry-after-ms' = '30' }; body = '{}' }
        $lines = Get-FwDpoJob -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$($lines[0])" | Should -BeExactly 'HTTP 429. Retrying in 0.03 s (retry 1 of 2).'
    }
}
