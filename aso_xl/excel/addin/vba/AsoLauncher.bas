Attribute VB_Name = "AsoLauncher"
Option Explicit
' A click in Excel starts Python, waits for it, and speaks only when Python could not.
'
' - The interpreter is the one that python.txt names, written when aso_xl was installed.
'   Nothing is read from the workbook or from its folder.
' - The workbook's name travels in the environment, never on a command line.
' - This file is ASCII whatever the code page of the PC: Japanese is spelled in code points.

' ---- what the form buttons of a workbook call

Public Sub AsoCheck()
    AsoRun "check"
End Sub

Public Sub AsoCalculate()
    AsoRun "calculate"
End Sub

Public Sub AsoReport()
    AsoRun "report"
End Sub

Public Sub AsoSplit()
    AsoRun "split"
End Sub

Public Sub AsoStatus()
    AsoRun "status"
End Sub

' Not waited for: it closes the workbook that holds this very code, and opens it again.
Public Sub AsoMerge()
    AsoLaunch "merge", False
End Sub

' Not waited for either: they close the workbook and open it again.
Public Sub AsoReturn()
    AsoLaunch "return", False
End Sub

Public Sub AsoClose()
    AsoLaunch "close", False
End Sub

Public Sub AsoNext()
    AsoLaunch "next", False
End Sub

' ---- the launcher

Public Sub AsoRun(ByVal action As String)
    AsoLaunch action, True
End Sub

Private Sub AsoLaunch(ByVal action As String, ByVal wait As Boolean)
    Dim python As String
    Dim result As Long
    If ActiveWorkbook Is Nothing And action <> "new" Then
        AsoTell AsoNoWorkbook()
        Exit Sub
    End If
    python = AsoFirstLine(AsoOwnFile("python.txt"))
    If Not AsoCanBeQuoted(python) Then
        AsoTell AsoNotInstalled()
        Exit Sub
    End If
    result = AsoStart(AsoCommand(python, action, AsoWindow()), AsoBook(), wait)
    ' 0: done. 2: Python has said in a dialog why not.
    If result <> 0 And result <> 2 Then
        AsoTell AsoNotStarted() & vbLf & AsoOwnFile("aso_xl.log") & " (" & result & ")"
    End If
End Sub

' Empty if no workbook is open.
Private Function AsoBook() As String
    If Not ActiveWorkbook Is Nothing Then AsoBook = ActiveWorkbook.FullName
End Function

Private Function AsoOwnFile(ByVal fileName As String) As String
    Dim folder As String
    folder = Environ("LOCALAPPDATA")
    If folder <> "" Then
        AsoOwnFile = folder & Application.PathSeparator & "aso_xl" & Application.PathSeparator & fileName
    End If
End Function

' Empty if there is no such file.
Private Function AsoFirstLine(ByVal filePath As String) As String
    Dim channel As Integer
    Dim firstLine As String
    If filePath = "" Then Exit Function
    On Error GoTo Missing
    channel = FreeFile
    Open filePath For Input As #channel
    Line Input #channel, firstLine
    Close #channel
    AsoFirstLine = Trim(firstLine)
Missing:
End Function

Private Function AsoWindow() As String
    AsoWindow = "0"
    On Error Resume Next
    AsoWindow = CStr(Application.Hwnd)
End Function

' A quotation mark would end the program's name, a percent sign would be expanded.
Private Function AsoCanBeQuoted(ByVal filePath As String) As Boolean
    AsoCanBeQuoted = (filePath <> "") And (InStr(filePath, Chr(34)) = 0) And (InStr(filePath, "%") = 0)
End Function

' -I: no PYTHON* variables, no user site, and the current folder is not searched for modules.
Private Function AsoCommand(ByVal python As String, ByVal action As String, ByVal handle As String) As String
    AsoCommand = Chr(34) & python & Chr(34) & " -I -m aso_xl.excel.launch " & action & " " & handle
End Function

Private Function AsoStart(ByVal commandLine As String, ByVal book As String, ByVal wait As Boolean) As Long
    Dim host As Object
    Set host = AsoHost()
    If host Is Nothing Then
        AsoStart = AsoStartWithoutHost(commandLine)
    Else
        AsoStart = AsoStartWithHost(host, commandLine, book, wait)
    End If
End Function

' Nothing where there is no Windows Script Host.
Private Function AsoHost() As Object
    On Error Resume Next
    Set AsoHost = Nothing
    Set AsoHost = CreateObject("WScript.Shell")
End Function

' The exit code of the command, run in a hidden window (0 if it is not waited for); -1 if it could
' not be started.
Private Function AsoStartWithHost(ByVal host As Object, ByVal commandLine As String, ByVal book As String, ByVal wait As Boolean) As Long
    Dim variables As Object
    Set variables = host.Environment("PROCESS")
    AsoStartWithHost = -1
    On Error Resume Next
    variables.Item("ASO_XL_BOOK") = book
    AsoStartWithHost = host.Run(commandLine, 0, wait)
    variables.Remove "ASO_XL_BOOK"
End Function

' Not waited for: Python finds the active workbook by itself.
Private Function AsoStartWithoutHost(ByVal commandLine As String) As Long
    AsoStartWithoutHost = -1
    On Error GoTo Failed
    Shell commandLine, 0
    AsoStartWithoutHost = 0
Failed:
End Function

Private Sub AsoTell(ByVal message As String)
    MsgBox message, vbExclamation, AsoTitle()
End Sub

' ---- what is said, in Japanese

Private Function AsoText(ByVal points As String) As String
    Dim codePoint As Variant
    For Each codePoint In Split(points, " ")
        AsoText = AsoText & ChrW(CLng("&H" & codePoint))
    Next
End Function

' The title of our dialogs: Comprehensive strategy
Private Function AsoTitle() As String
    AsoTitle = AsoText( _
        "7DCF 5408 6226 7565")
End Function

' No workbook is open. Open it, then press again.
Private Function AsoNoWorkbook() As String
    AsoNoWorkbook = AsoText( _
        "958B 3044 3066 3044 308B 30D6 30C3 30AF 304C 3042 308A 307E 305B 3093 3002 8A55 " & _
        "4FA1 30D6 30C3 30AF 3092 958B 3044 3066 304B 3089 3001 3082 3046 4E00 5EA6 62BC " & _
        "3057 3066 304F 3060 3055 3044 3002")
End Function

' Not installed on this PC. Ask IT to run aso-xl excel install.
Private Function AsoNotInstalled() As String
    AsoNotInstalled = AsoText( _
        "7DCF 5408 6226 7565 306E 30D7 30ED 30B0 30E9 30E0 304C 3001 3053 306E 30D1 30BD " & _
        "30B3 30F3 306B 8A2D 5B9A 3055 308C 3066 3044 307E 305B 3093 3002 60C5 5831 62C5 " & _
        "5F53 306B 300C 0061 0073 006F 002D 0078 006C 0020 0065 0078 0063 0065 006C 0020 " & _
        "0069 006E 0073 0074 0061 006C 006C 300D 306E 5B9F 884C 3092 4F9D 983C 3057 3066 " & _
        "304F 3060 3055 3044 3002")
End Function

' Could not be run. Hand this log file to IT.
Private Function AsoNotStarted() As String
    AsoNotStarted = AsoText( _
        "7DCF 5408 6226 7565 306E 30D7 30ED 30B0 30E9 30E0 3092 5B9F 884C 3067 304D 307E " & _
        "305B 3093 3067 3057 305F 3002 60C5 5831 62C5 5F53 306B 9023 7D61 3057 3001 6B21 " & _
        "306E 8A18 9332 304C 3042 308C 3070 6E21 3057 3066 304F 3060 3055 3044 3002")
End Function
