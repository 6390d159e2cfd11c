import type { Words } from '../en/en';

export const limits: Words['limits'] = {
  'providers-and-laws': {
    title: 'Anbieter und anwendbares Recht',
    remains:
      'Anbieter in US-Eigentum unterliegen US-Recht; Angaben zu Orten und Speicherung stammen zum Teil vom Anbieter selbst.',
  },
  'bedrock-retention-and-processing': {
    title: 'Bedrock: Speicherung und Verarbeitung',
    remains:
      'Dass nichts gespeichert wird, ist eine Angabe von AWS; Einstellungen können sich zwischen zwei stündlichen Prüfungen ändern.',
  },
  guardrails: {
    title: 'Inhaltsfilter',
    remains: 'Inhaltsfilter übersehen schädliche Texte, sperren harmlose und sehen nicht alle Teile.',
  },
  'other-models': {
    title: 'Andere Modelle',
    remains: 'Was ein anderer Host oder Server speichert, entscheidet dessen Betreiber.',
  },
  'regions-and-networks': {
    title: 'Regionen und Netze',
    remains: 'Ein Replikat hinkt dem Original nach; DNS-Namen und Routen sind zum Teil weltweit.',
  },
  'sign-in-and-members': {
    title: 'Anmeldung und Mitglieder',
    remains: 'Ein Zugriffstoken bleibt kurze Zeit gültig; Identitätsanbieter verwalten ihre Nutzer selbst.',
  },
  'who-can-see-the-use-of-members': {
    title: 'Wer die Nutzung von Mitgliedern sehen kann',
    remains:
      'Eine Summe kann fast die eines einzelnen Mitglieds sein; Protokolle, Metriken und der Trail können zeigen, wann wenige aktiv waren.',
  },
  'api-keys-and-limits': {
    title: 'API-Schlüssel und Obergrenzen',
    remains: 'Ein widerrufener Schlüssel gilt noch kurze Zeit; Tokensummen werden je Tag gespeichert.',
  },
  'generated-answers': {
    title: 'Erzeugte Antworten',
    remains: 'Kopierter Text verliert seine Kennzeichnung; Kennzeichnungen sind nicht signiert.',
  },
  'stored-content': {
    title: 'Gespeicherte Inhalte',
    remains: 'Kennungen, Zeiten, Größen und Anzahlen werden unverschlüsselt gespeichert.',
  },
  'rights-of-users': {
    title: 'Rechte der Nutzer',
    remains: 'Eine Löschung erreicht weder Aufzeichnungen, Trail und Bescheinigungen noch das Nutzerverzeichnis.',
  },
  keys: {
    title: 'Schlüssel',
    remains:
      'Wer die Richtlinie eines Schlüssels oder eine darin genannte Rolle ändern kann, kann sich Zugriff verschaffen; der Trail zeichnet es auf.',
  },
  'alarms-and-evidence': {
    title: 'Alarme und Nachweise',
    remains: 'Alarme folgen nach Minuten; E-Mails verlassen AWS; Nachweise verfallen.',
  },
  'ledger-of-requests': {
    title: 'Nachweisverzeichnis der Anfragen',
    remains:
      'Bis zum Abschluss seiner Stunde kann ein Eintrag entfernt werden; das Nachweisverzeichnis beweist, was die Gateways aufgezeichnet haben.',
  },
  requests: {
    title: 'Anfragen',
    remains:
      'Eine Anfrage läuft weiter, nachdem ihr Client die Verbindung getrennt hat; ein Aufruf kann doppelt gesendet werden.',
  },
  'the-guard': {
    title: 'Vorabprüfung',
    remains: 'Die Vorabprüfung liest Vorlagen, keine Programme; ein Programm wird erst vom Netz aufgehalten.',
  },
  'the-perimeter': {
    title: 'Der Perimeter',
    remains:
      'Die Richtlinien einer Organisation binden weder ihr Verwaltungskonto noch Rollen von AWS-Diensten und verweigern nicht jeden Weg nach außen.',
  },
};
