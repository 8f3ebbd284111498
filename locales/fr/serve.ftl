# `garant serve` et `garant demo`.
error-listen = Impossible d’écouter sur { $address }{ $reason ->
    [taken] {" "}: un autre programme y est déjà. Choisissez une autre adresse avec --listen, ou arrêtez ce programme.
    [denied] {" "}: les ports inférieurs à 1024 appartiennent à l’administrateur de cette machine. Choisissez-en un plus grand avec --listen, ou donnez CAP_NET_BIND_SERVICE à ce programme.
    [elsewhere] {" "}: cette machine n’a pas cette adresse.
   *[other] {" "}: le système a refusé. Choisissez une autre adresse avec --listen.
}
page-limited = Trop de demandes depuis votre connexion
    .about = Pour que chacun soit servi, une même connexion ne peut pas demander trop souvent. Rien n’est perdu. Veuillez attendre une minute, puis réessayer.
page-late = C’était trop long
    .about = Rien n’est perdu de notre côté. Veuillez réessayer dans une minute.
serve-ready = Garant est à { $scheme }://{ $address }/
error-listen-nowhere = Aucune adresse où écouter : indiquez-en au moins une dans `listen`, ou retirez cette ligne.
error-public-url = « { $input } » ne peut pas commencer un lien : donnez une adresse entière sans chemin, par exemple https://garant.example.
error-config-toml = { $path }, ligne { $line } : ce n’est pas du TOML. `garant serve --print-config` montre un fichier correct.
error-config-key = { $path }, ligne { $line } : aucune valeur ne s’appelle `{ $key }`.{ $suggestion ->
    [none] {" "}`garant serve --print-config` les énumère toutes.
   *[other] {" "}Vouliez-vous dire `{ $suggestion }` ?
}
error-config-value = { $path }, ligne { $line } : `{ $key }` ne peut pas avoir cette valeur. `garant serve --print-config` dit ce qu’elle accepte.
error-database = La base de données { $path } ne peut pas être ouverte : le dossier doit exister, ce compte doit pouvoir y écrire, et le fichier doit être une base de Garant.
error-database-newer = La base de données { $path } vient d’une version plus récente de Garant (format { $found } ; celle-ci lit jusqu’au { $known }). Installez cette version, ou indiquez un autre fichier avec --store.
error-tls-half = { $path } n’est que la moitié de ce qu’il faut à TLS : donnez `tls.certificate_file` et `tls.key_file`.
error-tls-certificate = { $certificate } ne contient pas de certificat au format PEM : il y faut un bloc qui commence par « -----BEGIN CERTIFICATE----- ».
error-tls-key = { $key } ne contient pas de clé privée au format PEM : il y faut un bloc qui commence par « -----BEGIN PRIVATE KEY----- ».
error-tls-pair = { $certificate } et { $key } ne vont pas ensemble : la clé doit être celle du premier certificat du fichier.
cli-serve = Sert les pages, jusqu’à ce qu’on lui dise d’arrêter
cli-serve-config = Un fichier de configuration en TOML ; --print-config en montre un
cli-serve-listen = Une adresse et un port pour les pages ; 127.0.0.1:8753 sinon. Peut être répétée
cli-serve-store = Le fichier de la base de données ; garant.sqlite sinon
cli-serve-public-url = Ce par quoi commencent les liens, par exemple https://garant.example
cli-serve-nameserver = Un serveur DNS récursif à la place de ceux du système. Peut être répétée
cli-serve-print-config = Affiche un fichier de configuration avec chaque valeur et son défaut
