/*
 * Runs a fuzz harness over every file of its corpus, so that an input that once broke a parser is
 * tried again in every test run, under the sanitizers, with any compiler.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name)
{
    char path[1024];
    FILE *file = NULL;
    uint8_t *bytes = NULL;
    int ok = 0;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        goto out;
    long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        goto out;
    /* Exactly sized, so that AddressSanitizer sees a read one byte past the end. */
    bytes = malloc(size > 0 ? (size_t)size : 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        goto out;
    LLVMFuzzerTestOneInput(bytes, (size_t)size);
    ok = 1;
out:
    free(bytes);
    if (file != NULL)
        fclose(file);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
        return 2;
    }
    DIR *folder = opendir(argv[1]);
    if (folder == NULL) {
        fprintf(stderr, "%s: can't open the corpus\n", argv[1]);
        return 1;
    }
    int passed = 0;
    int failed = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        if (replay(argv[1], entry->d_name))
            passed++;
        else
            failed++;
    }
    closedir(folder);
    printf("%d passed, %d failed\n", passed, failed);
    return passed == 0 || failed > 0;
}
