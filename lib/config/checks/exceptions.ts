import { didYouMean } from '../../boundary/nearest';
import { namesOneResource } from '../../guard/declarations/declared-exception';
import { isCustomType } from '../../guard/rule/declared-places';
import { isMetaRule } from '../../guard/rule/meta-rules';
import { RULES } from '../../guard/rules';
import { stackRegion } from '../../guard/rules/stack-region';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { DeclarationsFile } from '../schema/declarations-schema';

type Exception = Partly<NonNullable<DeclarationsFile['exceptions']>[number]>;

const RULE_IDS = RULES.map((rule) => rule.id);

/** Every exception names an existing rule and what it applies to. */
export function checkExceptions({ exceptions }: Partly<DeclarationsFile>): Problem[] {
  return present(exceptions).flatMap(([index, exception]) => {
    const at: Path = ['exceptions', index];
    return [
      ...wrongRule(exception, at),
      ...noPlace(exception, at),
      ...wrongTypes(exception, at),
      ...custom(exception, at),
    ];
  });
}

function wrongRule({ rule }: Exception, at: Path): Problem[] {
  if (rule === undefined || RULE_IDS.includes(rule)) return [];
  const path = [...at, 'rule'];
  if (isMetaRule(rule)) {
    return [{ path, text: `found '${rule}', which concerns the guard itself and permits no exception` }];
  }
  const text = `found '${rule}', which isn't a rule; 'eu-residency explain' lists all rules${didYouMean(rule, RULE_IDS)}`;
  return [{ path, text }];
}

function noPlace({ stack, file }: Exception, at: Path): Problem[] {
  if (stack !== undefined || file !== undefined) return [];
  return [{ path: at, text: "has neither 'stack' nor 'file'; an exception needs one of them" }];
}

function wrongTypes({ rule, types, logicalId }: Exception, at: Path): Problem[] {
  if (rule !== undefined && rule !== stackRegion.id && types !== undefined) {
    const text = `belongs to the rule '${stackRegion.id}', but is used with '${rule}'; name one type with 'type'`;
    return [{ path: [...at, 'types'], text, atKey: true }];
  }
  if (rule === stackRegion.id && types === undefined && logicalId === undefined) {
    const text = `is missing; an exception for a whole stack lists all types that it may contain, such as [AWS::CertificateManager::Certificate]`;
    return [{ path: [...at, 'types'], text }];
  }
  return present(types)
    .filter(([, type]) => isCustomType(type))
    .map(([position, type]) => ({
      path: [...at, 'types', position],
      text: `found '${type}'; a type alone never permits a custom resource, write an exception for its 'logicalId'`,
    }));
}

function custom(exception: Exception, at: Path): Problem[] {
  const { type, stack, file, logicalId } = exception;
  if (!isCustomType(type ?? '') || (stack ?? file) === undefined) return [];
  const isOne = namesOneResource({ rule: '', reason: '', approver: '', expires: '', stack, file, logicalId });
  if (isOne) return [];
  const text = `found '${type}'; a type alone never permits a custom resource, name its 'logicalId' and its 'stack' or 'file'`;
  return [{ path: [...at, 'type'], text }];
}
