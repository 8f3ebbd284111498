# `garant serve` and `garant demo`.
error-listen = { $address } cannot be listened on: another program may be there already. Choose another one with --listen.
