/* A chart: for every block and compiler, the speed-up over the serial program of each system with
 * the most workers measured, as horizontal bars. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "report.h"

enum { LABEL = 300, WIDTH = 420, ROW = 16, GAP = 12, TOP = 60, FOOT = 24 };

struct colour {
    const char *system, *fill;
};

static const char *fill_of(const char *system)
{
    static const struct colour colours[] = {{"serial", "#9a9a9a"},
                                            {"tine", "#1b6ca8"},
                                            {"libgomp", "#d98c2b"},
                                            {"libomp", "#b5532a"},
                                            {"onetbb", "#6b8f3a"}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        if (strcmp(colours[i].system, system) == 0)
            return colours[i].fill;
    return "#7a5ca0";
}

/* Whether no other series of the same system and compiler has more workers. */
static bool widest(const struct block *block, const struct series *s)
{
    for (int i = 0; i < block->series_count; i++) {
        const struct series *other = &block->series[i];
        if (other->workers > s->workers &&
            strcmp(other->binary->system, s->binary->system) == 0 &&
            strcmp(other->binary->compiler, s->binary->compiler) == 0)
            return false;
    }
    return true;
}

static bool shown(const struct block *block, const struct series *s)
{
    return s->copies == 1 && widest(block, s) && !isnan(figures_of(block, s).speed_up);
}

/* The longest bar, and the number of rows and groups. */
static double measure_chart(struct block *const *blocks, size_t count, int *rows, int *groups)
{
    double most = 1;
    *rows = *groups = 0;
    for (size_t b = 0; b < count; b++) {
        int before = *rows;
        for (int i = 0; i < blocks[b]->series_count; i++) {
            const struct series *s = &blocks[b]->series[i];
            if (!shown(blocks[b], s))
                continue;
            (*rows)++;
            most = fmax(most, figures_of(blocks[b], s).speed_up);
        }
        *groups += *rows != before;
    }
    return most;
}

static void draw_bar(FILE *to, const struct block *block, const struct series *s, int y,
                     double scale)
{
    double speed_up = figures_of(block, s).speed_up;
    fprintf(to, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s %s, %d</text>\n", LABEL - 6,
            y + ROW - 4, s->binary->system, s->binary->compiler, s->workers);
    fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n", LABEL,
            y + 1, speed_up * scale, ROW - 2, fill_of(s->binary->system));
    fprintf(to, "<text x=\"%.1f\" y=\"%d\">%.2f</text>\n", LABEL + speed_up * scale + 4,
            y + ROW - 4, speed_up);
}

static void draw(FILE *to, struct block *const *blocks, size_t count)
{
    int rows, groups, y = TOP;
    double most = measure_chart(blocks, count, &rows, &groups);
    double scale = WIDTH / most;
    int height = TOP + rows * ROW + groups * (ROW + GAP) + FOOT;
    int width = LABEL + WIDTH + 60;
    fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n",
            width, height, width, height);
    fprintf(to, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height);
    fprintf(to, "<text x=\"10\" y=\"24\" font-size=\"15\">Speed-up over the serial program of the "
                "same compiler</text>\n");
    fprintf(to, "<text x=\"10\" y=\"42\">median of paired rounds; the number is the worker count; "
                "the line is 1</text>\n");
    for (size_t b = 0; b < count; b++) {
        bool titled = false;
        for (int i = 0; i < blocks[b]->series_count; i++) {
            const struct series *s = &blocks[b]->series[i];
            if (!shown(blocks[b], s))
                continue;
            if (!titled) {
                y += GAP;
                fprintf(to, "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s %s</text>\n",
                        y + ROW - 4, blocks[b]->program->name, blocks[b]->params);
                y += ROW;
                titled = true;
            }
            draw_bar(to, blocks[b], s, y, scale);
            y += ROW;
        }
    }
    fprintf(to, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"black\" "
                "stroke-dasharray=\"3 3\"/>\n</svg>\n",
            LABEL + scale, TOP, LABEL + scale, y);
}

bool report_svg(const char *path, struct block *const *blocks, size_t count)
{
    FILE *to = fopen(path, "w");
    if (to == NULL) {
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        return false;
    }
    draw(to, blocks, count);
    bool ok = !ferror(to);
    ok = fclose(to) == 0 && ok;
    if (!ok)
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
    return ok;
}
