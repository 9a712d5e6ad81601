"""The folder that installs the tool on PCs without internet."""
