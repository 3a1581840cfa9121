/** Prints the JSON Schema of golden vectors; the build keeps it as dist/vectors.schema.json. */
import { schemaText } from './schema.js';

process.stdout.write(schemaText());
