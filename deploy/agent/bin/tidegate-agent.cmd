@echo off
rem Starts the agent with the Node.js of its package, else with the one of the machine (20.19 or newer).
if exist "%~dp0node.exe" (
  "%~dp0node.exe" --max-semi-space-size=4 "%~dp0..\dist\gateway-agent\main.js" %*
) else (
  node --max-semi-space-size=4 "%~dp0..\dist\gateway-agent\main.js" %*
)
