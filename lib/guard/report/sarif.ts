import type { Finding } from '../finding';
import { META_RULES, type RulePage } from '../rule/meta-rules';
import { RULES } from '../rules';
import { type Report, subjectOf } from './report';
import { Fingerprints, type Spot, Spots } from './spot';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The report as SARIF 2.1.0, which the code scanning of several hosts reads. */
export function sarif(report: Report): string {
  const { version, files, findings, exceptions, boundary, deployRegions } = report;
  const rules = [...RULES, ...META_RULES].filter(({ id }) => findings.some((finding) => finding.rule === id));
  const spots = new Spots();
  const fingerprints = new Fingerprints();
  const failed = files.filter(({ error }) => error !== undefined);
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eu-residency', semanticVersion: version, rules: rules.map(descriptor) } },
        invocations: [
          {
            executionSuccessful: failed.length === 0,
            toolExecutionNotifications: failed.map(({ file, error = '' }) => ({
              level: 'error',
              message: { text: error },
              locations: [location({ file })],
            })),
          },
        ],
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
          level: levelOf(finding, report),
          message: { text: `${subjectOf(finding)}${finding.path ?? ''}: ${finding.message} ${finding.fix}` },
          locations: [{ ...location(spots.of(finding)), logicalLocations: [logical(finding)] }],
          partialFingerprints: { 'euResidencyFinding/v1': fingerprints.of(finding) },
        })),
        columnKind: 'utf16CodeUnits',
        properties: { boundary, deployRegions, exceptions },
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function descriptor({ id, title, why, fix, source }: RulePage) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} ${fix}` },
    helpUri: source,
  };
}

const levelOf = ({ level }: Finding, { blocks }: Report) =>
  level === 'info' ? 'note' : blocks(level) ? 'error' : 'warning';

function location({ file, line, column }: Spot) {
  const region = line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } };
}

/** A relative reference must not begin with something that looks like a scheme. */
function uriOf(file: string): string {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${uri}` : uri;
}

const logical = (finding: Finding) => ({
  fullyQualifiedName: `${finding.stack}${finding.logicalId ? `/${finding.logicalId}` : ''}${finding.path ?? ''}`,
  kind: 'resource',
});
