/** The program of one worker thread: plans the reassignment it is given, answers, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ReassignRequest, reassign } from '../../lib/kafka/assignment/reassign.ts';

parentPort?.postMessage(reassign(workerData as ReassignRequest));
