@echo off
rem ASCII only. What is said in Japanese is said by setup_aso_xl.py.
setlocal DisableDelayedExpansion
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHON="
for %%V in (@PYTHONS@) do call :probe py -%%V
call :probe python
if not defined PYTHON goto nopython
%PYTHON% -I "%~dp0setup_aso_xl.py" @ACTION@
set "RESULT=%ERRORLEVEL%"
goto end

:probe
if defined PYTHON exit /b 0
%* -I "%~dp0setup_aso_xl.py" probe >nul 2>nul
if %ERRORLEVEL% EQU 0 set "PYTHON=%*"
exit /b 0

:nopython
echo 64-bit Python from python.org (@PYTHONS@) was not found.
type "%~dp0no_python.txt"
set "RESULT=2"

:end
if /i not "%~1"=="/quiet" pause
exit /b %RESULT%
