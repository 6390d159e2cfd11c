import type { Words } from '../en/en';

export const recorded: Words['recorded'] = {
  title: 'Information des représentants des travailleurs : qui a utilisé quoi, et quand',
  intro:
    'Chaque journal, relevé, métrique, journal d’audit et table du déploiement qui montre l’utilisation du système.',
  overview: 'Vue d’ensemble',
  source: 'Source',
  person: 'Se rapporte à une personne',
  personBy: 'oui, par un pseudonyme, un nom ou une adresse',
  indirectly: 'indirectement : par le lien, la tâche ou le journal d’audit',
  noPerson: 'non',
  purpose: 'Utilité',
  fields: 'Champs',
  readers: 'Qui peut y accéder',
  retention: 'Durée de conservation',
  shorten: 'Comment la raccourcir',
  erasure: 'Effet d’un effacement du membre',
  notDeployed: 'non déployé',
  inFile: (name) => `clé ${name} de residency.yaml`,
  inConstruct: (name) => `propriété ${name} de la bibliothèque de constructs`,
  bySupport: 'à 30 jours pour tout le compte et la région, sur demande au support AWS',
  notShorter: 'ne peut pas être raccourcie',
  agreement: 'Accord',
  agreementField:
    'accord collectif ou base légale relatif à ces données, et interdiction ou autorisation de contrôler l’activité et le comportement des travailleurs',
  groups: {
    person: 'personne',
    content: 'contenu',
    time: 'date',
    use: 'utilisation',
    volume: 'quantité',
    outcome: 'résultat',
    technical: 'technique',
  },
  people: {
    operators: 'exploitants disposant d’une autorisation sur le compte',
    auditors: 'auditeurs de l’espace de travail',
    declaredAuditors: 'auditeurs de l’espace de travail, uniquement si cela est déclaré (monitoring.perMember)',
    administrators: 'administrateurs de l’espace de travail',
    members: 'le membre concerné',
  },
  effects: {
    deleted: 'suppression',
    stays: 'aucun ; conservation jusqu’au terme de la durée',
    unlinked:
      'suppression du lien avec le membre ; l’entrée subsiste, et le journal d’audit peut encore indiquer de qui elle provient',
    'by-administrator': 'aucun ; un administrateur ou le fournisseur d’identité supprime l’utilisateur',
    'no-person': 'sans objet : aucun membre n’y figure',
  },
  sources: {
    requestRecord: ['Relevé des requêtes', 'prouve pour chaque requête où elle a été traitée'],
    residencyRecord: [
      'Relevé des actes',
      'prouve ce que les administrateurs et les auditeurs ont fait ou tenté de faire',
    ],
    ledgerHours: [
      'Registre probant des requêtes',
      'prouve après coup qu’aucun relevé de requête n’a été modifié, retiré ou inséré',
    ],
    ledgerCheckpoints: [
      'Points de contrôle signés du registre probant',
      'prouvent quels relevés il comportait à un moment donné',
    ],
    operationsRecord: ['Relevé d’exploitation', 'mesure requêtes, échecs et durées'],
    accessLog: ['Journal d’accès des API', 'montre quelle ressource a été demandée, et avec quel résultat'],
    metrics: ['Métriques', 'sommes des requêtes, jetons, échecs et durées'],
    trail: [
      'Journal d’audit (CloudTrail)',
      'montre quand et depuis quelle adresse quelqu’un s’est connecté, qui a utilisé quelle clé, quel élément ou quel objet, et qui a modifié quoi dans le compte',
    ],
    objectAccess: ['Journal d’accès des compartiments', 'montre qui a demandé quel objet'],
    webAcl: ['Journal des requêtes bloquées (pare-feu applicatif)', 'montre pourquoi une requête a été bloquée'],
    flowLog: ['Journal réseau', 'montre les connexions entre fonctions et points de terminaison'],
    functionLogs: ['Journaux des tâches et contrôles', 'montrent ce qu’est devenue une tâche, par son identifiant'],
    invocationLog: [
      'Journal des requêtes et réponses (journalisation des appels de modèles)',
      'est déclaré par le responsable du traitement, qui en détermine la finalité',
    ],
    jobHistory: ['Historique des tâches', 'montre les étapes d’une tâche, par son identifiant'],
    content: [
      'Partie lisible des contenus conservés',
      'retrouve et fait expirer conversations, fichiers et instructions',
    ],
    jobs: [
      'Tâches et mesures conservatoires',
      'montre qui a demandé, levé ou annulé un export, un effacement ou une mesure conservatoire',
    ],
    exports: ['Liste des exports', 'montre à un utilisateur quels exports existent et qui les reçoit'],
    branchKeys: ['Clés des membres', 'chiffrent les contenus de chaque membre'],
    keyRequests: ['Demandes de clés', 'font créer une clé lorsqu’un membre conserve un contenu pour la première fois'],
    conversions: ['Demandes de conversion', 'font convertir en texte un fichier bureautique d’un membre'],
    jobQueue: ['File des réponses en arrière-plan', 'nomme les tâches des membres qui ne sont pas terminées'],
    usage: ['Totaux de jetons', 'font respecter les limites'],
    budgets: [
      'Utilisation des budgets par un membre',
      'fait respecter les budgets là où ils sont déclarés ; une empreinte remplace le membre',
    ],
    months: [
      'Jetons d’un membre par mois et par modèle',
      'comptent combien de membres ont utilisé quelque chose et informent le membre',
    ],
    groupsOfMonth: [
      'Jetons des groupes par mois et par modèle',
      'montrent l’utilisation d’un nombre suffisant de membres ensemble',
    ],
    directory: [
      'Utilisateurs et groupes envoyés par SCIM',
      'décident qui est membre d’un espace de travail, et dans quel rôle',
    ],
    recordLinks: [
      'Liens entre relevés et membres',
      'donnent à un membre ses propres relevés ; montrent qui a fait une requête si cela est déclaré',
    ],
    members: [
      'Membres bloqués et rôles attribués',
      'met fin aux sessions et montre qui a attribué un rôle à quel membre',
    ],
    userPool: ['Annuaire des utilisateurs', 'connecte les membres'],
    apiKeys: ['Clés d’API des projets', 'admettent les applications ; le libellé est un texte libre'],
    memberKeys: [
      'Clés d’API des membres',
      'admettent les membres par leurs clés, tant qu’ils se connectent de temps en temps',
    ],
    projectUsage: [
      'Jetons et montants des projets',
      'appliquent les limites et les budgets, et répartissent l’utilisation selon les libellés des clés',
    ],
    openProjects: [
      'Projets ouverts',
      'conservent les modèles et les limites des projets qu’un programme crée ; le nom est un texte libre',
    ],
    certificates: ['Certificats d’effacement', 'prouvent qu’un effacement est complet'],
  },
};
