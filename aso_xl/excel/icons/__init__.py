"""What icons and 「送る」 do, on files, without Excel."""
