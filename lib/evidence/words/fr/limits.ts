import type { Words } from '../en/en';

export const limits: Words['limits'] = {
  'providers-and-laws': {
    title: 'Fournisseurs et droit applicable',
    remains:
      'Les fournisseurs détenus par des sociétés américaines relèvent du droit américain ; lieux et conservation reposent en partie sur leurs déclarations.',
  },
  'bedrock-retention-and-processing': {
    title: 'Bedrock : conservation et traitement',
    remains:
      'L’absence de conservation est une déclaration d’AWS ; des réglages peuvent changer entre deux contrôles horaires.',
  },
  guardrails: {
    title: 'Filtres de contenu',
    remains:
      'Les filtres laissent passer des textes nuisibles, bloquent des textes anodins et ne voient pas toutes les parties.',
  },
  'other-models': {
    title: 'Autres modèles',
    remains: 'L’exploitant d’un autre hôte ou serveur décide de ce qu’il conserve.',
  },
  'regions-and-networks': {
    title: 'Régions et réseaux',
    remains: 'Une réplique est en retard sur l’original ; noms DNS et routes sont en partie mondiaux.',
  },
  'sign-in-and-members': {
    title: 'Connexion et membres',
    remains:
      'Un jeton d’accès reste valable peu de temps ; les fournisseurs d’identité gèrent leurs propres utilisateurs.',
  },
  'who-can-see-the-use-of-members': {
    title: 'Qui peut voir l’utilisation des membres',
    remains:
      'Une somme peut être presque celle d’un seul membre ; les journaux et les métriques peuvent montrer quand peu de membres étaient actifs.',
  },
  'api-keys-and-limits': {
    title: 'Clés d’API et limites',
    remains: 'Une clé révoquée fonctionne encore peu de temps ; les totaux de jetons sont conservés par jour.',
  },
  'generated-answers': {
    title: 'Réponses générées',
    remains: 'Un texte copié perd sa marque ; les marques ne sont pas signées.',
  },
  'stored-content': {
    title: 'Contenus conservés',
    remains: 'Identifiants, dates, tailles et nombres sont conservés en clair.',
  },
  'rights-of-users': {
    title: 'Droits des utilisateurs',
    remains: 'Un effacement n’atteint ni les relevés, ni le journal d’audit, ni les certificats, ni l’annuaire.',
  },
  keys: {
    title: 'Clés',
    remains:
      'Quiconque peut modifier la politique d’une clé ou un rôle qu’elle désigne peut obtenir l’accès ; le journal d’audit le consigne.',
  },
  'alarms-and-evidence': {
    title: 'Alarmes et preuves',
    remains: 'Les alarmes suivent à quelques minutes ; les courriels quittent AWS ; les preuves expirent.',
  },
  'ledger-of-requests': {
    title: 'Registre probant des requêtes',
    remains:
      'Tant que son heure n’est pas close, un relevé peut être supprimé ; le registre probant prouve ce que les passerelles ont enregistré.',
  },
  requests: {
    title: 'Requêtes',
    remains: 'Une requête se poursuit après le départ du client ; un appel peut être envoyé deux fois.',
  },
  'the-guard': {
    title: 'Contrôle préalable',
    remains:
      'Le contrôle lit des modèles de déploiement, non des programmes ; c’est le réseau qui arrête un programme.',
  },
  'the-perimeter': {
    title: 'Le périmètre',
    remains:
      'Les politiques d’une organisation ne lient ni son compte de gestion ni les rôles des services AWS, et ne refusent pas toute voie vers l’extérieur.',
  },
};
