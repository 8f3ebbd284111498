# `garant serve` et `garant demo`.
demo-ready = Garant est à http://{ $address }/
demo-reject-without-dkim = Refusé sous p=reject
    .about = Un service de campagnes écrit en votre nom ; aucune clé à vous ne s’en porte garante.
error-listen = Impossible d’écouter sur { $address } : un autre programme y est peut-être déjà. Choisissez une autre adresse avec --listen.
