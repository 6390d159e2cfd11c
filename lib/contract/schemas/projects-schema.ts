import * as z from 'zod/mini';
import type { ProjectsPolicy } from '../policies/projects-policy';
import { NAME, projectLimits } from './gateway-schema';
import { reads } from './reads';

const names = z.array(z.string().check(z.regex(NAME)));

/** Reads the policy of the API of open projects. */
export const projectsSchema = reads<ProjectsPolicy>()(
  z.strictObject({
    boundary: z.string(),
    models: names.check(z.minLength(1)),
    limits: projectLimits,
    maximum: z.int().check(z.positive()),
    declared: names,
  }),
);
