Attribute VB_Name = "AsoRibbon"
Option Explicit
' What the buttons of ribbon.xml call: the action is the button's tag.

Public Sub AsoClicked(control As IRibbonControl)
    AsoRun control.Tag
End Sub
