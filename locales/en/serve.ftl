# `garant serve` and `garant demo`.
error-listen = { $address } cannot be listened on{ $reason ->
    [taken] {""}: another program is there already. Choose another one with --listen, or end that program.
    [denied] {""}: ports below 1024 belong to the administrator of this machine. Choose a higher one with --listen, or give this program CAP_NET_BIND_SERVICE.
    [elsewhere] {""}: this machine does not have this address.
   *[other] {""}: the system refused. Choose another one with --listen.
}
page-limited = Too many requests from your connection
    .about = So that everybody can be served, there is a limit on how often one connection may ask. Nothing was lost. Please wait a minute, then try again.
page-late = This took too long
    .about = Nothing was lost on our side. Please try again in a minute.
serve-ready = Garant is at { $scheme }://{ $address }/
error-listen-nowhere = No address to listen on: give at least one in `listen`, or leave it out.
error-public-url = “{ $input }” cannot begin links: give a whole address without a path, such as https://garant.example.
error-config-toml = { $path }, line { $line }: this is not TOML. `garant serve --print-config` shows a file that is.
error-config-key = { $path }, line { $line }: there is no value called `{ $key }`.{ $suggestion ->
    [none] {" "}`garant serve --print-config` lists them all.
   *[other] {" "}Did you mean `{ $suggestion }`?
}
error-config-value = { $path }, line { $line }: `{ $key }` cannot have this value. `garant serve --print-config` says what it takes.
error-database = The database { $path } cannot be opened: the folder must exist and this account must be allowed to write there, and the file must be a database of Garant.
error-database-newer = The database { $path } was made by a newer version of Garant (format { $found }; this one reads up to { $known }). Install that version, or name another file with --store.
error-tls-half = { $path } is only half of what TLS needs: give both `tls.certificate_file` and `tls.key_file`.
error-tls-certificate = { $certificate } holds no certificate in PEM: it must have a block that begins with “-----BEGIN CERTIFICATE-----”.
error-tls-key = { $key } holds no private key in PEM: it must have a block that begins with “-----BEGIN PRIVATE KEY-----”.
error-tls-pair = { $certificate } and { $key } do not belong together: the key must be that of the first certificate in the file.
cli-serve = Serves the pages, until it is told to end
cli-serve-config = A configuration file in TOML; --print-config shows one
cli-serve-listen = An address and port for the pages; 127.0.0.1:8753 otherwise. May be repeated
cli-serve-store = The file of the database; garant.sqlite otherwise
cli-serve-public-url = What links begin with, such as https://garant.example
cli-serve-nameserver = A recursive name server in place of the system's. May be repeated
cli-serve-print-config = Prints a configuration file with every value and its default
