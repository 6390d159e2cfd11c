import { projectsSchema } from '../../contract/schemas/projects-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import { lambdaHandler } from '../http/handler/lambda-handler';
import { refusalOf } from './admit-event';
import { deployedProjects } from './deployed-projects';

const policy = deployedPolicy(projectsSchema, 'the API of open projects', process.env);

/** Serves the programs of an operator, which create, cap and end projects. */
export const handler = lambdaHandler(deployedProjects(policy, process.env), async () => {}, process.env, refusalOf);
