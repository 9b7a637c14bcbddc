export { HandlesJob, type JobContext, type JobHandler } from './handles-job.js';
export { JobQueue, type EnqueueOptions, type QueueLocation, type QueueReport } from './job-queue.js';
export { JOB_NAMES, JOBS, type JobName, type Jobs } from './jobs.js';
export { QueueModule, type QueueModuleOptions } from './queue.module.js';
