#requires -Version 7.2
# Runs the study: looks for the .NET SDK and the tools, builds the host when its sources changed, and starts it.
#
#   ./build.ps1 --target=simulate      the study          ./build.ps1 --help      all options of the host
#   ./build.ps1 --target=test          every test of this repository
#   ./build.ps1 --target=bench         how fast the engine is beside others (its graphs need a POSIX system: says so here)
#   ./build.ps1 --target=pack          the packages, in artifacts/packages: the same bytes for the same commit
#   ./build.ps1 --target=faults        kills runs of a small study; its steps run a POSIX shell, so not on Windows
#
# The Windows twin of build.sh, which see for the reasons; elsewhere it calls build.sh. The options, messages, folders and
# exit codes are the same. No param block: PowerShell must not read the host's options as its own. It still splits a value at
# its commas, so quote such values: --set 'temperatures=290,300'.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
if (-not $IsWindows) {
    & bash (Join-Path $PSScriptRoot 'build.sh') @args
    exit $LASTEXITCODE
}
Push-Location $PSScriptRoot

function Out-Error { process { [Console]::Error.WriteLine($_) } }
function Say([string] $text) { "build.ps1: $text" | Out-Error }
function Stop-With([int] $code, [string] $text) { Say $text; Pop-Location; exit $code }
function Test-Program([string] $name) { $null -ne (Get-Command $name -CommandType Application -ErrorAction Ignore) }

# --- Arguments: only looks; what is not this script's own goes on to the host, which judges it. ---------------------------

$buildOnly = $args.Count -gt 0 -and $args[0] -ceq '--build-only'
$hostArguments = @($args | Select-Object -Skip ([int] $buildOnly) | Where-Object { $_ -cne '--install-tools' })
$target = ''
$gmx = $env:GMX_BIN
$onlyInforms = $false
$previous = ''
foreach ($argument in $hostArguments) {
    switch -Regex -CaseSensitive ($argument) {
        '^(?:--target|-t)[=:](.*)$' { $target = $Matches[1] }
        '^--set[=:]gmx=(.*)$' { $gmx = $Matches[1] }
        '^(-h|--(help|version|ver|info|dryrun|noop|whatif|(show)?tree|(show)?descriptions?))$' { $onlyInforms = $true }
        default {
            if ($previous -cin '--target', '-t') { $target = $argument }
            if ($previous -ceq '--set' -and $argument -cmatch '^gmx=(.*)$') { $gmx = $Matches[1] }
        }
    }
    $previous = $argument
}

# --- SDK and tools --------------------------------------------------------------------------------------------------------

function Assert-Dotnet([switch] $Sdk) {
    $isThere = Test-Program dotnet
    if ($isThere -and $Sdk) {
        & dotnet --version *> $null
        $isThere = $LASTEXITCODE -eq 0
    }
    if ($isThere) { return }
    $version = (Get-Content global.json -Raw | ConvertFrom-Json).sdk.version
    Stop-With 2 @"
the .NET SDK $version or a later 10.0 is needed and was not found. Install it in one of these ways, then run this again:
  winget install Microsoft.DotNet.SDK.10
  the installer from https://dotnet.microsoft.com/download/dotnet/10.0
"@
}

function Assert-Tools {
    if ($onlyInforms -or $target -cin 'clean', 'bench') { return }
    if ($gmx -and -not (Test-Program $gmx)) {
        Stop-With 2 "GROMACS was asked for as '$gmx' (--set gmx=... or GMX_BIN), but there is no such program. Correct the path, or leave it out to use the gmx on the PATH."
    }
    $missing = @(
        if (-not $gmx -and -not (Test-Program gmx) -and -not (Test-Program gmx_mpi)) { 'gromacs' }
        if (-not (Test-Program gnuplot)) { 'gnuplot' }
    )
    if ($missing.Count -eq 0) { return }
    if ($target -ceq 'test') { return Say "not installed: $missing (tests that need them are skipped)" }
    Stop-With 2 @"
target '$(if ($target) { $target } else { 'Default' })' needs GROMACS and gnuplot; missing here: $missing
Nothing was done. Install what is missing in one of these ways, then run this again:
  gnuplot    winget install gnuplot.gnuplot
  GROMACS    WSL, and build.sh there: 'apt-get install gromacs'; or built from source
A gmx that is not on the PATH: --set gmx=C:\path\to\gmx.exe, or the environment variable GMX_BIN.
"@
}

# --- Build ----------------------------------------------------------------------------------------------------------------

function Get-Sha256([byte[]] $bytes) { [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant() }

# The same value as in build.sh, on the same bytes: lines of digest and path, in the order of the bytes of the paths.
function Get-SourcesDigest {
    $paths = [Collections.Generic.List[string]]::new()
    foreach ($file in Get-ChildItem src, recipes, workflows -Recurse -File -ErrorAction Ignore) {
        $path = [IO.Path]::GetRelativePath($PSScriptRoot, $file.FullName).Replace('\', '/')
        if ($path -cmatch '/(bin|obj|\.[^/]*)(/|$)') { continue }
        $counts = if ($path.StartsWith('workflows/', [StringComparison]::Ordinal)) {
            $path -cmatch '(\.(cs|csproj|props|targets)|/packages\.lock\.json)$'
        } else { $path -cnotmatch '(\.md|~)$' }
        if ($counts) { $paths.Add($path) }
    }
    foreach ($file in Get-Item global.json, Directory.*.props, Directory.*.targets, artifacts/Optional.props -ErrorAction Ignore) {
        $paths.Add([IO.Path]::GetRelativePath($PSScriptRoot, $file.FullName).Replace('\', '/'))
    }
    $paths.Sort([StringComparer]::Ordinal)
    $lines = foreach ($path in $paths) { "$(Get-Sha256 ([IO.File]::ReadAllBytes("$PSScriptRoot/$path")))  $path`n" }
    (Get-Sha256 ([Text.Encoding]::UTF8.GetBytes(-join $lines))).Substring(0, 16)
}

function Test-Built([string] $digest) {
    if ($buildOnly) { Test-Path "artifacts/cake/$digest/Cake.ScaleMs.Module.dll" } else { Test-Path "artifacts/host/$digest" }
}

# Open for this process alone: that is the lock, and the system releases it however the process ends.
function Open-Lock {
    $null = New-Item artifacts -ItemType Directory -Force
    $hasSaid = $false
    while ($true) {
        try { return [IO.File]::Open("$PSScriptRoot/artifacts/build.lock", 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if (-not $hasSaid) { Say 'waiting for another build of this folder ...'; $hasSaid = $true }
            Start-Sleep -Milliseconds 500
        }
    }
}

function Invoke-Build {
    $lock = Open-Lock
    try {
        Find-OptionalPackages
        $digest = Get-SourcesDigest
        while (-not (Test-Built $digest)) {
            Say 'building the host (sources changed) ...'
            Publish-Host $digest
            # Sources edited during the build: what was built is neither the old nor the new.
            $now = Get-SourcesDigest
            if ($now -ceq $digest) { Move-Folders $digest } else { $digest = $now }
        }
    } finally { $lock.Dispose() }
}

function Publish-Host([string] $digest) {
    # A build that was killed may leave a half-written file that looks up to date: then everything is built anew.
    if (Test-Path artifacts/build/unfinished) { Remove-Item artifacts/build -Recurse -Force }
    Remove-Item artifacts/staged -Recurse -Force -ErrorAction Ignore
    $null = New-Item artifacts/build/unfinished -ItemType File -Force
    & dotnet msbuild -nologo -verbosity:quiet -nodeReuse:false src/ScaleMs.Cake.Module/Publish.proj "-p:SourcesDigest=$digest" `
        "-p:HostFolder=$PSScriptRoot/artifacts/staged/host" "-p:CakeFolder=$PSScriptRoot/artifacts/staged/cake" | Out-Error
    $status = $LASTEXITCODE
    Remove-Item artifacts/build/unfinished
    if ($status -ne 0) { Stop-With 3 'the sources do not build (see above); nothing was started.' }
}

function Move-Folders([string] $digest) {
    $null = New-Item artifacts/host, artifacts/cake, artifacts/users -ItemType Directory -Force
    # Cake loads every module and script that it finds there; the module of a run that goes on cannot be removed, but renamed.
    Remove-Item artifacts/cake/*/*.cake, artifacts/cake-scripts/* -ErrorAction Ignore
    Get-Item artifacts/cake/*/Cake.ScaleMs.Module.dll -ErrorAction Ignore | Rename-Item -NewName { "old-$(New-Guid)" }
    foreach ($folder in Get-ChildItem artifacts/host, artifacts/cake -Directory) {
        if ($folder.Name -ceq $digest -or -not (Test-Used $folder.Name)) { Remove-Item $folder -Recurse -Force }
    }
    Move-Item artifacts/staged/cake "artifacts/cake/$digest"
    Move-Item artifacts/staged/host "artifacts/host/$digest"
    Remove-Item artifacts/staged -Recurse -Force
}

# A long study loads assemblies, and starts children, from its folder: the folder stays while a process uses it.
function Test-Used([string] $digest) {
    $users = "artifacts/users/$digest"
    if (-not (Test-Path $users)) { return $false }
    foreach ($user in Get-Content $users) {
        if (Get-Process -Id ($user -split ' ')[1] -ErrorAction Ignore) { return $true }
    }
    Remove-Item $users
    $false
}

# What is used where it can be restored. The answers are kept until the versions change, here or of the SDK.
function Find-OptionalPackages {
    $lines = @(Select-String Directory.Packages.props -Pattern 'Include="(Cake\.Frosting|LiteDB)"' | ForEach-Object { $_.Line.Trim() })
    $versions = " $($lines -join ' ') SDK $(& dotnet --version)"
    if ((Test-Path artifacts/Optional.props) -and (Get-Content artifacts/Optional.props -Raw).Contains($versions)) { return }
    $frosting = Test-Restore Cake.Frosting '<PackageReference Include="Cake.Frosting" />' 'a stand-in of this repository is used'
    $litedb = Test-Restore LiteDB '<PackageReference Include="LiteDB" />' 'the file store keeps no LiteDB database'
    $ahead = Test-Restore ReadyToRun '' 'the host starts more slowly'
    $text = @"
<Project>
  <!-- Written by build.sh and build.ps1; remove this file to look again.$versions -->
  <PropertyGroup>
    <UseCakeFrosting Condition="'`$(UseCakeFrosting)' == ''">$frosting</UseCakeFrosting>
    <UseLiteDb Condition="'`$(UseLiteDb)' == ''">$litedb</UseLiteDb>
    <UseReadyToRun Condition="'`$(UseReadyToRun)' == ''">$ahead</UseReadyToRun>
  </PropertyGroup>
</Project>

"@
    [IO.File]::WriteAllText("$PSScriptRoot/artifacts/Optional.props", $text.Replace("`r`n", "`n"))
}

function Test-Restore([string] $name, [string] $item, [string] $otherwise) {
    $null = New-Item "artifacts/probe/$name" -ItemType Directory -Force
    Set-Content "artifacts/probe/$name/Probe.csproj" @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup Condition="'$name' == 'ReadyToRun'">
    <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
    <PublishReadyToRun>true</PublishReadyToRun>
    <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
  </PropertyGroup>
  <ItemGroup>$item</ItemGroup>
</Project>
"@
    # One try and no audit: a machine without network must not wait for the many tries that restore makes otherwise.
    $env:NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT = 1
    & dotnet restore -nologo -verbosity:quiet -nodeReuse:false "artifacts/probe/$name" -p:NuGetAudit=false *> "artifacts/probe/$name.log"
    $isThere = $LASTEXITCODE -eq 0
    $env:NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT = $null
    Say "optional package ${name}: $(if ($isThere) { 'present' } else { "cannot be restored here, $otherwise (artifacts/probe/$name.log)" })"
    "$isThere".ToLowerInvariant()
}

# --- Tests: everything is run each time; the results are counted from the test platform's own files. ----------------------

function Invoke-Tests {
    Assert-Dotnet -Sdk
    Assert-Tools
    $lock = Open-Lock
    try { Find-OptionalPackages } finally { $lock.Dispose() }
    Remove-Item artifacts/tests -Recurse -Force -ErrorAction Ignore
    & dotnet build ScaleMs.sln -nologo -verbosity:quiet -nodeReuse:false -c Release | Out-Error
    if ($LASTEXITCODE -ne 0) { Stop-With 3 'the sources do not build (see above); no test was run.' }
    # One project after the other: tests that start real tools would disturb each other's timing.
    & dotnet test ScaleMs.sln -nologo -verbosity:quiet -nodeReuse:false -c Release --no-build -m:1 --logger trx --results-directory artifacts/tests | Out-Error
    $hasFailed = $LASTEXITCODE -ne 0
    $sum = @{ passed = 0; executed = 0; total = 0 }
    foreach ($file in Get-ChildItem artifacts/tests -Filter *.trx -Recurse -ErrorAction Ignore) {
        $counters = ([xml](Get-Content $file -Raw)).TestRun.ResultSummary.Counters
        foreach ($name in @($sum.Keys)) { $sum[$name] += [int] $counters.$name }
    }
    Write-Output "$($sum.passed) passed, $($sum.executed - $sum.passed) failed, $($sum.total - $sum.executed) skipped"
    if ($hasFailed -or $sum.passed -eq 0 -or $sum.executed -gt $sum.passed) { $script:testStatus = 1 } else { $script:testStatus = 0 }
}

# --- Benchmarks -----------------------------------------------------------------------------------------------------------

function Invoke-Benchmarks {
    Assert-Dotnet -Sdk
    $lock = Open-Lock
    try {
        Find-OptionalPackages
        & dotnet msbuild tests/ScaleMs.Benchmarks/Publish.proj -nologo -verbosity:quiet -nodeReuse:false "-p:Folder=$PWD/artifacts/bench" | Out-Error
    } finally { $lock.Dispose() }
    if ($LASTEXITCODE -ne 0) { Stop-With 3 'the sources do not build (see above); nothing was measured.' }
    & dotnet artifacts/bench/program/ScaleMs.Benchmarks.dll @hostArguments
}

# --- Packages: from nothing, so that nothing of a former build gets into one. ------------------------------------------------

function Invoke-Pack {
    Assert-Dotnet -Sdk
    $lock = Open-Lock
    try {
        Remove-Item artifacts/pack, artifacts/packages -Recurse -Force -ErrorAction Ignore
        & dotnet msbuild -nologo -verbosity:quiet -nodeReuse:false src/Pack.proj "-p:PackageFolder=$PSScriptRoot/artifacts/pack/packages" | Out-Error
        if ($LASTEXITCODE -ne 0) { Stop-With 3 'the packages cannot be made (see above).' }
        Move-Item artifacts/pack/packages artifacts/packages
    } finally { $lock.Dispose() }
    (Get-ChildItem artifacts/packages -Filter *.nupkg).Name | Sort-Object
}

# --- Faults: the storm of kills needs SIGKILL and a POSIX shell. ------------------------------------------------------------

function Stop-Faults {
    Stop-With 2 @"
target 'faults' kills runs with SIGKILL, and the steps of its study run a POSIX shell: it is not for Windows.
Run './build.sh --target=faults' in WSL instead.
"@
}

# --- Run ------------------------------------------------------------------------------------------------------------------

$env:DOTNET_NOLOGO = 1
if ($target -ceq 'faults' -and -not $buildOnly -and -not $onlyInforms) { Stop-Faults }
if ($target -ceq 'test' -and -not $buildOnly -and -not $onlyInforms) {
    Invoke-Tests
    Pop-Location
    exit $testStatus
}
if ($target -ceq 'pack' -and -not $buildOnly -and -not $onlyInforms) {
    Invoke-Pack
    Pop-Location
    exit 0
}
if ($target -ceq 'bench' -and -not $buildOnly -and -not $onlyInforms) {
    Invoke-Benchmarks
    Pop-Location
    exit $LASTEXITCODE
}

$digest = Get-SourcesDigest
if (Test-Built $digest) {
    Assert-Dotnet
    Assert-Tools
} else {
    Assert-Dotnet -Sdk
    Assert-Tools
    Invoke-Build
    $digest = Get-SourcesDigest
}

# Who runs from the built folders; build.cake, the parent here, runs from them itself.
$user = if ($buildOnly) { (Get-Process -Id $PID).Parent.Id } else { $PID }
$null = New-Item artifacts/users -ItemType Directory -Force
Add-Content "artifacts/users/$digest" "$([Environment]::MachineName) $user"

if ($buildOnly) {
    Write-Output $digest
    Pop-Location
    exit 0
}
$assembly = (Get-Item "artifacts/host/$digest/*.runtimeconfig.json").FullName -replace '\.runtimeconfig\.json$', '.dll'
& dotnet $assembly @hostArguments
$status = $LASTEXITCODE
Pop-Location
exit $status
