import { decideRegion } from '../../boundary/region';
import type { TemplateRule } from '../rule/rule';

const NAME_IT =
  "Name the Region that the template is deployed to: in an app, set the stack's 'env.region'; in 'eu-residency check', add --region, such as " +
  '--region eu-central-1.';

export const stackRegion: TemplateRule = {
  id: 'stack-region',
  title: 'A stack is deployed to a Region inside the boundary',
  why: "Every regional resource of a stack stores and processes data in the stack's Region.",
  fix: "Set the stack's 'env.region' to a Region inside the boundary, or specify the deploy Region of a template that names none.",
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/environments.html',
  appliesTo: 'template',

  *check({ boundary, scope }) {
    if (scope.deployRegion === undefined) {
      yield {
        path: '',
        level: 'unresolved',
        detail: 'the stack has no Region, so it can be deployed anywhere',
        fix: NAME_IT,
      };
      return;
    }
    const decision = decideRegion(boundary, scope.deployRegion);
    if (!decision.inside) yield { path: '', value: scope.deployRegion, place: decision.place, detail: decision.detail };
  },
};
