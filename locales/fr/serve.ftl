# `garant serve` et `garant demo`.
error-listen = Impossible d’écouter sur { $address } : un autre programme y est peut-être déjà. Choisissez une autre adresse avec --listen.
