#!/usr/bin/env python3
"""What it costs to bring an old blog: `ringback import wordpress` on exports of its own making.

Posts have paragraphs, headings and links to each other, as WordPress' block editor writes them. With `--dry-run` everything is read,
turned into Markdown and read again, and nothing is written.
"""
import argparse, os, random, shutil, subprocess

from common import WORK, find_ringback, say

WORDS = "customer call answer price quote lead meeting sales manager website article because useful content phone morning".split()
HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><link>https://old.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
"""
ITEM = """<item><title>Post {i} {title}</title><link>https://old.example/post-{i}/</link><dc:creator>anna</dc:creator>
<guid isPermaLink="false">https://old.example/?p={i}</guid><content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>{i}</wp:post_id><wp:post_date>2026-01-05 09:00:00</wp:post_date><wp:post_date_gmt>2026-01-05 09:00:00</wp:post_date_gmt>
<wp:post_name>post-{i}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sales"><![CDATA[Sales]]></category></item>
"""


def export(path, posts, size):
    """Writes an export with so many posts of about so many bytes."""
    random.seed(1)

    def words(count):
        return " ".join(random.choice(WORDS) for _ in range(count))

    def block():
        link = f'<a href="https://old.example/post-{random.randrange(posts)}/">{words(3)}</a>'
        return f"<!-- wp:paragraph --><p>{words(80).capitalize()} {link}.</p><!-- /wp:paragraph -->\n" \
               f"<!-- wp:heading --><h2>{words(4).capitalize()}</h2><!-- /wp:heading -->\n"

    blocks = [block() for _ in range(400)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for i in range(posts):
            body = ""
            while len(body) < size:
                body += random.choice(blocks)
            file.write(ITEM.format(i=i, title=words(3), body=body))
        file.write("</channel></rss>")


def timed(command):
    """Runs it; gives user and system seconds, and the peak of memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(said)
    return used.ru_utime, used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="50,000 posts of 20 kB as well, which is 1 GB on disk; nothing of it is written")
    large = parser.parse_args().large
    ringback = find_ringback()
    rows = [(1_000, 6_000, []), *([(50_000, 20_000, ["--dry-run"])] if large else [])]
    print("| posts | MB | user | sys | peak MiB |\n| ---: | ---: | ---: | ---: | ---: |")
    for posts, size, more in rows:
        path, site = os.path.join(WORK, f"wordpress-{posts}.xml"), os.path.join(WORK, f"imported-{posts}")
        say(f"an export of {posts} posts")
        os.makedirs(WORK, exist_ok=True)
        export(path, posts, size)
        shutil.rmtree(site, ignore_errors=True)
        user, system, peak = timed([ringback, "import", "wordpress", path, "--into", site, *more])
        print(f"| {posts:,} | {os.path.getsize(path) / 1e6:,.0f} | {user:.2f} | {system:.2f} | {peak:.0f} |")
        shutil.rmtree(site, ignore_errors=True)
        os.remove(path)


main()
