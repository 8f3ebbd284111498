### Les enregistrements demandés par une plateforme. Arguments partout : $domain, $name.

finding-record-waiting = { $name } est publié ({ $type }) ; les résolveurs le verront à { CLOCK($until) } UTC, le { DATE($until) }
    .why = Tous les serveurs de votre zone qui répondent ont l’enregistrement. Le résolveur interrogé avait posé la question plus tôt, et garde jusqu’à cette heure la réponse qu’il n’y a rien (RFC 2308, section 5). Un autre résolveur peut la garder un peu plus longtemps, trois heures au plus en pratique.
    .fix = Rien à corriger. Attendez cette heure, puis refaites la vérification. Ne ressaisissez pas l’enregistrement, et ne commencez pas vos envois avant.

finding-record-old-data-cached = La zone a changé à { $name } ({ $type }) ; les résolveurs gardent l’ancienne réponse jusqu’à { CLOCK($until) } UTC, le { DATE($until) }
    .why = Tous les serveurs de votre zone qui répondent donnent la nouvelle réponse. Le résolveur interrogé garde encore l’ancienne, pour le délai de mise en cache (TTL) qu’elle indiquait : { $old }
    .fix = Rien à corriger. Attendez cette heure, puis refaites la vérification. La prochaine fois, abaissez le TTL de l’enregistrement à 300 secondes la veille du changement.
