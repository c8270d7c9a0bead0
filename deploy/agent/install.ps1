# Installs the Tidegate agent on a Windows machine, unattended, or removes it again. Windows PowerShell 5.1 or newer, as
# administrator. See docs/install.md.
#   .\install.ps1 -Package FILE|URL -Sha256 HEX -ControlPlane URL -JoinTokenFile FILE -RecoveryKeyFile FILE -Name NAME -Region KEY
#   .\install.ps1 -Uninstall [-KeepState]
[CmdletBinding(DefaultParameterSetName = 'Install')]
param(
  [Parameter(Mandatory, ParameterSetName = 'Install')] [string] $Package,
  [Parameter(Mandatory, ParameterSetName = 'Install')] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256,
  # Together: the signed manifest of the release, and the public release key (PEM).
  [Parameter(ParameterSetName = 'Install')] [string] $Manifest,
  [Parameter(ParameterSetName = 'Install')] [string] $ReleaseKey,
  [Parameter(ParameterSetName = 'Install')] [string] $ControlPlane,
  [Parameter(ParameterSetName = 'Install')] [string] $JoinTokenFile,
  [Parameter(ParameterSetName = 'Install')] [string] $RecoveryKeyFile,
  [Parameter(ParameterSetName = 'Install')] [string] $Name,
  [Parameter(ParameterSetName = 'Install')] [string] $Region,
  # A further member of this gateway, in the place of -Name and -Region.
  [Parameter(ParameterSetName = 'Install')] [string] $Gateway,
  [Parameter(ParameterSetName = 'Install')] [string] $MemberName,
  [Parameter(ParameterSetName = 'Install')] [string] $CaFile,
  [Parameter(ParameterSetName = 'Install')] [string] $RootFingerprint,
  # DOMAIN\user with -PasswordFile, or a group-managed service account, DOMAIN\name$.
  [Parameter(ParameterSetName = 'Install')] [string] $Account,
  [Parameter(ParameterSetName = 'Install')] [string] $PasswordFile,
  [Parameter(ParameterSetName = 'Install')] [int] $Wait = 120,
  # Further flags of `tidegate-agent run`.
  [Parameter(ParameterSetName = 'Install')] [string[]] $RunFlags = @(),
  [Parameter(Mandatory, ParameterSetName = 'Uninstall')] [switch] $Uninstall,
  [Parameter(ParameterSetName = 'Uninstall')] [switch] $KeepState,
  [string] $Prefix = (Join-Path $env:ProgramFiles 'Tidegate\Agent'),
  [string] $State = (Join-Path $env:ProgramData 'Tidegate\Agent')
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

function Stop-Installation([string] $Message) {
  throw "install.ps1: $Message"
}

# Runs a program and fails with it: PowerShell itself takes no notice of exit codes.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
  & $Program @Arguments
  if ($LASTEXITCODE -ne 0) { Stop-Installation "$([IO.Path]::GetFileName($Program)) ended with code $LASTEXITCODE" }
}

function Get-AgentNode([string] $Folder) {
  $own = Join-Path $Folder 'bin\node.exe'
  if (Test-Path -LiteralPath $own) { return $own }
  $found = Get-Command node.exe -ErrorAction SilentlyContinue
  if (-not $found) { Stop-Installation 'Node.js is missing: install 20.19 or newer, or use a package that brings its own' }
  $version = [Version] ((& $found.Source --version).TrimStart('v'))
  if ($version -lt [Version] '20.19') { Stop-Installation "Node.js $version is too old: 20.19 or newer is needed" }
  return $found.Source
}

function Get-Agent {
  $folder = Get-ChildItem -LiteralPath $Prefix -Directory -ErrorAction SilentlyContinue |
    Where-Object { Test-Path -LiteralPath (Join-Path $_.FullName 'dist\gateway-agent\main.js') } |
    Sort-Object { [Version] $_.Name } | Select-Object -Last 1
  if (-not $folder) { Stop-Installation "nothing is installed in $Prefix" }
  return $folder.FullName
}

function Invoke-Agent([string] $Folder, [string[]] $Arguments) {
  Invoke-Program (Get-AgentNode $Folder) (@(Join-Path $Folder 'dist\gateway-agent\main.js') + $Arguments)
}

function ConvertFrom-Base64Url([string] $Text) {
  $plain = $Text.Replace('-', '+').Replace('_', '/')
  return [Convert]::FromBase64String($plain.PadRight([int] ([Math]::Ceiling($plain.Length / 4) * 4), '='))
}

# The manifest is a JWS (ES256) of the release key: typ, signature, and that it speaks of these very bytes.
function Assert-Manifest {
  $parts = ([IO.File]::ReadAllText($Manifest)).Trim().Split('.')
  if ($parts.Count -ne 3) { Stop-Installation 'what -Manifest names is no manifest of a release' }
  $header = [Text.Encoding]::UTF8.GetString((ConvertFrom-Base64Url $parts[0])) | ConvertFrom-Json
  if ($header.alg -ne 'ES256' -or $header.typ -ne 'tidegate-release+jwt') {
    Stop-Installation 'what -Manifest names is no manifest of a release'
  }
  # A public key on P-256 is 91 bytes of DER, of which the last 64 are the point. CNG wants them behind its own header.
  $der = [Convert]::FromBase64String(([IO.File]::ReadAllText($ReleaseKey) -replace '-----[^-]+-----|\s', ''))
  if ($der.Length -ne 91) { Stop-Installation '-ReleaseKey is no public key on P-256' }
  $blob = [byte[]] (@(0x45, 0x43, 0x53, 0x31, 0x20, 0, 0, 0) + $der[27..90])
  $key = [Security.Cryptography.CngKey]::Import($blob, [Security.Cryptography.CngKeyBlobFormat]::EccPublicBlob)
  $verifier = New-Object Security.Cryptography.ECDsaCng $key
  $verifier.HashAlgorithm = [Security.Cryptography.CngAlgorithm]::Sha256
  $signed = [Text.Encoding]::ASCII.GetBytes("$($parts[0]).$($parts[1])")
  if (-not $verifier.VerifyData($signed, (ConvertFrom-Base64Url $parts[2]))) {
    Stop-Installation 'the manifest is not signed by this release key'
  }
  $claims = [Text.Encoding]::UTF8.GetString((ConvertFrom-Base64Url $parts[1])) | ConvertFrom-Json
  if ($claims.package.sha256 -ne $Sha256.ToLowerInvariant()) { Stop-Installation 'the manifest is of another package' }
  Write-Output 'The manifest is signed by the release key.'
}

function Get-Package([string] $Work) {
  $archive = Join-Path $Work 'package.tgz'
  if ($Package -match '^https://') {
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    Invoke-WebRequest -UseBasicParsing -Uri $Package -OutFile $archive
  } else {
    # A copy, so that what is checked is what is unpacked.
    Copy-Item -LiteralPath $Package -Destination $archive
  }
  $found = (Get-FileHash -LiteralPath $archive -Algorithm SHA256).Hash
  if ($found -ne $Sha256) { Stop-Installation "the package has the hash $found, not the one of -Sha256: nothing was installed" }
  return $archive
}

# For the system and the administrators; the service's account is added when it is installed. Numbers, not names: those
# are translated. Before the first secret lies in it.
function Initialize-State {
  New-Item -ItemType Directory -Force -Path $State | Out-Null
  Invoke-Program icacls.exe @($State, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '/grant:r', '*S-1-5-32-544:(OI)(CI)F', '/Q')
}

function Register-Agent([string] $Folder) {
  if (-not ($ControlPlane -and $JoinTokenFile -and $RecoveryKeyFile)) {
    Stop-Installation '-ControlPlane, -JoinTokenFile and -RecoveryKeyFile are needed'
  }
  if ($Gateway) { $words = @('join', '--gateway', $Gateway) }
  elseif ($Name -and $Region) { $words = @('register', '--name', $Name, '--region', $Region) }
  else { Stop-Installation '-Name and -Region are needed, or -Gateway' }
  if ($MemberName) { $words += @('--member-name', $MemberName) }
  if ($CaFile) { $words += @('--ca-file', $CaFile) }
  if ($RootFingerprint) { $words += @('--root-fingerprint', $RootFingerprint) }
  $words += @('--control-plane', $ControlPlane, '--state', $State)
  Invoke-Agent $Folder ($words + @('--join-token-file', $JoinTokenFile, '--recovery-key-file', $RecoveryKeyFile))
}

function Wait-Connected([string] $Folder) {
  $node = Get-AgentNode $Folder
  $main = Join-Path $Folder 'dist\gateway-agent\main.js'
  for ($left = $Wait; $left -gt 0; $left--) {
    # `status` ends with a code of its own while no agent runs.
    $status = & $node $main status --state $State --json
    if ("$status" -match '"connected":true') { return }
    Start-Sleep -Seconds 1
  }
  Stop-Installation "the agent was not connected within $Wait s: see service.log in $State"
}

function Install-Agent {
  if ([bool] $Manifest -ne [bool] $ReleaseKey) { Stop-Installation '-Manifest and -ReleaseKey go together' }
  $work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
  New-Item -ItemType Directory -Path $work | Out-Null
  $placed = $null
  try {
    $archive = Get-Package $work
    if ($Manifest) { Assert-Manifest } else { Write-Output 'Signature not checked: no -Manifest. The hash is right.' }
    $unpacked = Join-Path $work 'unpacked'
    New-Item -ItemType Directory -Path $unpacked | Out-Null
    Invoke-Program tar.exe @('-xzf', $archive, '-C', $unpacked)
    $version = & (Get-AgentNode $unpacked) (Join-Path $unpacked 'dist\gateway-agent\main.js') --version
    if ("$version" -notmatch '^\d+\.\d+\.\d+$') { Stop-Installation 'the package does not run on this machine' }
    $folder = Join-Path $Prefix $version
    # A service that runs holds its files.
    if (Get-Service TidegateAgent -ErrorAction SilentlyContinue) { Stop-Service TidegateAgent }
    if (Test-Path -LiteralPath $folder) { Remove-Item -Recurse -Force -LiteralPath $folder } else { $placed = $folder }
    New-Item -ItemType Directory -Force -Path $Prefix | Out-Null
    Copy-Item -Recurse -LiteralPath $unpacked -Destination $folder
    Write-Output "Version $version lies in $folder."

    if (Test-Path -LiteralPath (Join-Path $State 'member.json')) {
      Write-Output 'This machine is registered already.'
    } else {
      Initialize-State
      Register-Agent $folder
    }
    $words = @('service', 'install', '--state', $State)
    if ($Account) { $words += @('--account', $Account) }
    if ($PasswordFile) { $words += @('--password-file', $PasswordFile) }
    if ($RunFlags.Count -gt 0) { $words += @('--') + $RunFlags }
    Invoke-Agent $folder $words
    Wait-Connected $folder
    Get-ChildItem -LiteralPath $Prefix -Directory | Where-Object { $_.FullName -ne $folder } | Remove-Item -Recurse -Force
    Write-Output 'The agent is connected.'
  } catch {
    if (Test-Path -LiteralPath (Join-Path $State 'member.json')) {
      Write-Warning 'This machine is registered. Mend the cause and run the same command again: it goes on from here.'
    } else {
      if ($placed) { Remove-Item -Recurse -Force -LiteralPath $placed -ErrorAction SilentlyContinue }
      Remove-EmptyFolder $Prefix
      Remove-EmptyFolder $State
    }
    throw
  } finally {
    Remove-Item -Recurse -Force -LiteralPath $work
  }
}

function Remove-EmptyFolder([string] $Path) {
  if ((Test-Path -LiteralPath $Path) -and -not (Get-ChildItem -Force -LiteralPath $Path)) { Remove-Item -LiteralPath $Path }
}

function Uninstall-Agent {
  $folder = Get-Agent
  if (Get-Service TidegateAgent -ErrorAction SilentlyContinue) { Invoke-Agent $folder @('service', 'stop') }
  if (-not $KeepState -and (Test-Path -LiteralPath (Join-Path $State 'member.json'))) {
    Invoke-Agent $folder @('unregister', '--state', $State)
  }
  Invoke-Agent $folder @('service', 'uninstall', '--state', $State)
  if (-not $KeepState -and (Test-Path -LiteralPath $State)) { Remove-Item -Recurse -Force -LiteralPath $State }
  Remove-Item -Recurse -Force -LiteralPath $Prefix
  Write-Output $(if ($KeepState) { "The agent is removed; its state is kept in $State." } else { 'The agent is removed.' })
}

$identity = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
  Stop-Installation 'this changes the machine: run it in a console that was opened as administrator'
}
if ($Uninstall) { Uninstall-Agent } else { Install-Agent }
