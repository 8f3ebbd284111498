### TLS-RPT : les constats, un message par code (titre, .why, .fix).
### Arguments : ceux de crates/check/src/finding.rs, plus $domain et $name. Texte entre accents graves : à citer tel quel.

finding-tls-rpt-multiple = { $count } enregistrements TLS-RPT au lieu d’un : c’est comme s’il n’y en avait pas
    .why = Devant plusieurs enregistrements, les serveurs qui vous écrivent doivent considérer que vous ne demandez pas de rapports (RFC 8460, section 3). La remise du courrier n’en dépend pas.
    .fix = N’en gardez qu’un à { $name }, et réunissez-y les adresses, séparées par des virgules.

finding-tls-rpt-invalid = { $reason ->
        [rua-missing] L’enregistrement TLS-RPT ne donne pas d’adresse pour les rapports
        [rua-invalid] L’adresse de rapport de l’enregistrement TLS-RPT est inutilisable
       *[syntax] L’enregistrement TLS-RPT est mal écrit
    }
    .why = Il s’y trouve : `{ $found }`. Les serveurs qui vous écrivent ne peuvent pas vous signaler les défauts de chiffrement (RFC 8460, section 3). La remise du courrier n’en dépend pas.
    .fix = { $reason ->
        [rua-missing] Ajoutez `rua=mailto:` suivi d’une adresse réservée à cet usage.
        [rua-invalid] Écrivez l’adresse comme un lien, `mailto:nom@domaine` ou `https://…`.
       *[syntax] Réécrivez l’enregistrement : `v=TLSRPTv1`, un point-virgule, puis `rua=mailto:` suivi d’une adresse.
    }

finding-tls-rpt-valid = Les rapports de chiffrement (TLS-RPT) sont demandés { $count ->
        [one] à une adresse
       *[other] à { $count } adresses
    }
    .why = Les serveurs qui envoient de tels rapports vous signalent chaque jour les connexions chiffrées réussies et manquées vers vos serveurs de réception.
    .fix = Rien à changer.
