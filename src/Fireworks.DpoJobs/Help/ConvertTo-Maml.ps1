<#
.SYNOPSIS
    Converts the Markdown help in this folder to MAML, which Get-Help reads.
.DESCRIPTION
    Corrects the output of Microsoft.PowerShell.PlatyPS, which keeps Markdown marks and line breaks, puts the code of examples
    into their text, and drops default values.
.PARAMETER OutputPath
    The file to write.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $OutputPath)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
    throw 'Generating the help requires Microsoft.PowerShell.PlatyPS, which is not on PSModulePath. Install-PSResource Microsoft.PowerShell.PlatyPS'
}
Import-Module Microsoft.PowerShell.PlatyPS

function ConvertTo-Paragraph([string] $Markdown) {
    $items = $Markdown.TrimStart() -split '(?:\r?\n){2,}|\r?\n(?=- )'
    $items -replace '\s*\r?\n\s*', ' ' -replace '`([^`]+)`', '$1'
}

function Write-Paragraph([Xml.XmlElement] $Element, [string] $Markdown) {
    $Element.IsEmpty = $true
    foreach ($text in ConvertTo-Paragraph $Markdown) {
        $paragraph = $maml.CreateElement('maml', 'para', $names.LookupNamespace('maml'))
        $paragraph.InnerText = $text
        $null = $Element.AppendChild($paragraph)
    }
}

$commands = Get-ChildItem $PSScriptRoot -Filter *.md | Sort-Object Name | Import-MarkdownCommandHelp
$folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
try {
    $generated = $commands | Export-MamlCommandHelp -OutputFolder $folder
    $maml = [xml](Get-Content $generated.FullName -Raw)
}
finally { Remove-Item $folder -Recurse -ErrorAction Ignore }

$names = [Xml.XmlNamespaceManager]::new($maml.NameTable)
$names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
$names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
$names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

foreach ($command in $commands) {
    $element = $maml.SelectSingleNode("//command:command[command:details/command:name = '$($command.Title)']", $names)
    Write-Paragraph $element.SelectSingleNode('command:details/maml:description', $names) $command.Synopsis
    Write-Paragraph $element.SelectSingleNode('maml:description', $names) $command.Description
    Write-Paragraph $element.SelectSingleNode('maml:alertSet/maml:alert', $names) $command.Notes

    $examples = $element.SelectNodes('command:examples/command:example', $names)
    for ($i = 0; $i -lt $examples.Count; $i++) {
        if ($command.Examples[$i].Remarks -notmatch '(?s)^\s*```powershell\r?\n(?<code>.+?)\r?\n```(?<text>.*)$') {
            throw "$($command.Title): '$($command.Examples[$i].Title)' does not start with its code."
        }
        $examples[$i].SelectSingleNode('maml:title', $names).InnerText = "--- $($command.Examples[$i].Title) ---"
        $examples[$i].SelectSingleNode('maml:introduction', $names).IsEmpty = $true
        $examples[$i].SelectSingleNode('dev:code', $names).InnerText = $Matches.code
        # The empty paragraph separates the examples.
        Write-Paragraph $examples[$i].SelectSingleNode('dev:remarks', $names) ($Matches.text + "`n`n")
    }

    foreach ($parameter in $command.Parameters) {
        $node = $element.SelectSingleNode("command:parameters/command:parameter[maml:name = '$($parameter.Name)']", $names)
        Write-Paragraph $node.SelectSingleNode('maml:description', $names) $parameter.Description
        $default = $maml.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))
        $default.InnerText = $parameter.DefaultValue
        $null = $node.AppendChild($default)
    }
}
foreach ($description in $maml.SelectNodes('//command:inputType/maml:description | //command:returnValue/maml:description', $names)) {
    Write-Paragraph $description $description.InnerText
}
foreach ($type in $maml.SelectNodes('//command:parameterValue | //command:parameter/dev:type/maml:name', $names)) {
    $type.InnerText = $type.InnerText -replace '^.*\.'
}
foreach ($link in $maml.SelectNodes("//maml:uri[not(starts-with(., 'http'))]", $names)) { $link.InnerText = '' }

$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$path = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)
$writer = [Xml.XmlWriter]::Create($path, $settings)
try { $maml.Save($writer) } finally { $writer.Dispose() }
[IO.File]::AppendAllText($path, "`n")
