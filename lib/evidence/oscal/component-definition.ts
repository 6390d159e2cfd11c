import type { Evidence, EvidenceRow } from '../core/evidence';
import { allRows } from '../core/row';
import { byCriterion, CRITERIA_PAGE, lineOf, metadataOf, propsOf } from './metadata';
import { meaningOf, worstOf } from './rows';
import { uuidOf } from './uuid';

/** What each stack implements, by criterion. */
export function componentDefinition(evidence: Evidence): object {
  const { head } = evidence;
  const rows = allRows(evidence);
  return {
    'component-definition': {
      uuid: uuidOf(`component-definition:${head.templates.map(({ sha256 }) => sha256).join()}:${head.date}`),
      metadata: metadataOf('Components that the residency guard checked', head),
      ...(head.templates.length > 0 && {
        components: head.templates.map(({ stack, file, sha256 }) =>
          componentOf(
            stack,
            { file, sha256 },
            rows.filter(({ pointer }) => pointer.stack === stack),
          ),
        ),
      }),
    },
  };
}

function componentOf(stack: string, template: Readonly<Record<string, string>>, rows: readonly EvidenceRow[]): object {
  return {
    uuid: uuidOf(`component:${stack}`),
    type: 'software',
    title: lineOf(stack),
    description: `The CloudFormation stack ${lineOf(stack)}, as synthesized.`,
    props: propsOf(template),
    ...(rows.length > 0 && {
      'control-implementations': [
        {
          uuid: uuidOf(`control-implementation:${stack}`),
          source: CRITERIA_PAGE,
          description: 'Checked against the synthesized template.',
          'implemented-requirements': byCriterion(rows).map(([criterion, own]) => ({
            uuid: uuidOf(`implemented-requirement:${stack}:${criterion}`),
            'control-id': criterion,
            description: meaningOf(criterion),
            props: propsOf({ status: worstOf(own), rows: `${own.length}` }),
          })),
        },
      ],
    }),
  };
}
