import type { Words } from '../en/en';

export const measures: Words['measures'] = {
  boundary: 'Eine Anfrage wird nur an Ziele gesendet, deren sämtliche Regionen innerhalb der Grenze liegen.',
  guard:
    'Eine Vorabprüfung weist jede Vorlage ab, die Daten außerhalb der Grenze speichern oder dorthin senden könnte.',
  network: 'Die Funktionen, die Anfragen und Antworten verarbeiten, liegen in einem Netz ohne Route ins Internet.',
  encryption:
    'Gespeicherte Inhalte sind unter vom Kunden verwalteten Schlüsseln verschlüsselt, mit einem Schlüssel je Arbeitsbereich.',
  memberKeys: 'Die Inhalte jedes Mitglieds werden vor der Speicherung unter dessen eigenem Schlüssel verschlüsselt.',
  separation: 'Arbeitsbereiche teilen keinen Schlüssel, keine Tabelle und keinen Bucket für Inhalte.',
  noContent: 'Inhalte eines Projekts werden weder gespeichert noch protokolliert noch gemessen.',
  records: 'Aufzeichnungen der Anfragen enthalten weder Inhalt noch Namen noch Adresse.',
  retentionMode:
    'Der Speichermodus von Bedrock ist auf „none“ gesetzt und wird stündlich geprüft; ohne aktuelle Prüfung werden Projekte abgewiesen.',
  expiry: 'Gespeicherte Inhalte verfallen nach der Speicherdauer des Arbeitsbereichs.',
  erasure:
    'Eine Löschung entfernt die Inhalte, dann den Schlüssel des Mitglieds, prüft dessen Wegfall und wird bescheinigt.',
  closure:
    'Eine Schließung erstellt für jedes Mitglied einen letzten Export, plant die Löschung des Schlüssels des Arbeitsbereichs und wird bescheinigt.',
  export: 'Die Inhalte eines Mitglieds können in einem maschinenlesbaren Format exportiert werden.',
  trail: 'Jede Verwendung eines Schlüssels, Eintrags und Objekts wird aufgezeichnet, in einem Bucket mit Object Lock.',
  alarms: 'Alarme melden Änderungen an Speicherung, Protokollierung, Orten und Schlüsseln.',
  recovery:
    'Inhalte werden in eine zweite Region innerhalb der Grenze repliziert; eine Übung prüft, ob sie dort lesbar sind.',
};
