import { EGRESS_ALIASES } from '../../contract/egress';
import type { TemplateInput } from '../../guard/assembly/template-input';
import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';
import { propertiesOf } from './resources';

/** The memory of the egress function in GB, which the aliases for each kind of tenant belong to; none if a template has no such function. */
export function egressMemory(templates: readonly TemplateInput[]): number | undefined {
  const aliases: readonly unknown[] = Object.values(EGRESS_ALIASES);
  for (const { template } of templates) {
    const resources: Json = isMap(template.Resources) ? template.Resources : {};
    for (const resource of Object.values(resources)) {
      if (!isMap(resource) || resource.Type !== 'AWS::Lambda::Alias') continue;
      const { Name, FunctionName } = propertiesOf(resource);
      const called = isMap(FunctionName) ? resources[`${FunctionName.Ref}`] : undefined;
      const { MemorySize } = isMap(called) ? propertiesOf(called) : {};
      if (aliases.includes(Name) && typeof MemorySize === 'number') return MemorySize / 1_024;
    }
  }
  return undefined;
}
