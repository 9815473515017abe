"""The kinds of file that Mainstay tells apart by content, their names for people and the extensions they go by."""

from enum import StrEnum


class FileKind(StrEnum):
    MPP = "mpp"
    MPD = "mpd"
    MPX = "mpx"
    MSPDI = "mspdi"
    XER = "xer"
    PMXML = "pmxml"
    PLANNER = "planner"
    GANTTPROJECT = "ganttproject"
    PROJECTLIBRE = "projectlibre"
    FASTTRACK = "fasttrack"
    PHOENIX = "phoenix"
    SDEF = "sdef"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    XML = "xml"
    DOCX = "docx"
    PPTX = "pptx"
    ODT = "odt"
    ODP = "odp"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    ENCRYPTED_OFFICE = "encrypted_office"
    COMPOUND = "compound"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS.get(self, f"a {self.value} file")

    @property
    def extensions(self) -> frozenset[str]:
        return _EXTENSIONS.get(self, frozenset({f".{self.value}"}))


PLANS = frozenset(
    {
        FileKind.MPP,
        FileKind.MPD,
        FileKind.MPX,
        FileKind.MSPDI,
        FileKind.XER,
        FileKind.PMXML,
        FileKind.PLANNER,
        FileKind.GANTTPROJECT,
        FileKind.PROJECTLIBRE,
        FileKind.FASTTRACK,
        FileKind.PHOENIX,
        FileKind.SDEF,
    }
)
WORKBOOKS = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ODS})
TABLES = WORKBOOKS | {FileKind.TEXT}
ZIPPED = frozenset({FileKind.XLSX, FileKind.ODS, FileKind.DOCX, FileKind.PPTX, FileKind.ODT, FileKind.ODP})

_LABELS = {
    FileKind.MPP: "a Microsoft Project file (.mpp)",
    FileKind.MPD: "a Microsoft Project database (.mpd)",
    FileKind.MPX: "a Microsoft Project exchange file (.mpx)",
    FileKind.MSPDI: "a Microsoft Project XML file",
    FileKind.XER: "a Primavera P6 file (.xer)",
    FileKind.PMXML: "a Primavera P6 XML file",
    FileKind.PLANNER: "a Planner file",
    FileKind.GANTTPROJECT: "a GanttProject file (.gan)",
    FileKind.PROJECTLIBRE: "a ProjectLibre file (.pod)",
    FileKind.FASTTRACK: "a FastTrack file (.fts)",
    FileKind.PHOENIX: "a Phoenix file (.ppx)",
    FileKind.SDEF: "an SDEF file",
    FileKind.XLSX: "an Excel workbook (.xlsx)",
    FileKind.XLS: "an old Excel workbook (.xls)",
    FileKind.ODS: "an OpenDocument spreadsheet (.ods)",
    FileKind.TEXT: "a text file",
    FileKind.XML: "an XML file of another kind",
    FileKind.DOCX: "a Word document (.docx)",
    FileKind.PPTX: "a PowerPoint presentation (.pptx)",
    FileKind.PDF: "a PDF document",
    FileKind.PNG: "a PNG picture",
    FileKind.JPEG: "a JPEG picture",
    FileKind.GIF: "a GIF picture",
    FileKind.ENCRYPTED_OFFICE: "an Office document with a password",
    FileKind.COMPOUND: "an old Office document of another kind",
    FileKind.ARCHIVE: "an archive such as a zip",
    FileKind.UNKNOWN: "a file of an unknown kind",
}
_EXTENSIONS = {
    FileKind.MPP: frozenset({".mpp", ".mpt"}),
    FileKind.MSPDI: frozenset({".xml", ".mspdi"}),
    FileKind.PMXML: frozenset({".xml", ".pmxml"}),
    FileKind.PLANNER: frozenset({".planner", ".xml", ".mrproject"}),
    FileKind.GANTTPROJECT: frozenset({".gan", ".xml"}),
    FileKind.PROJECTLIBRE: frozenset({".pod"}),
    FileKind.FASTTRACK: frozenset({".fts"}),
    FileKind.PHOENIX: frozenset({".ppx", ".xml"}),
    FileKind.SDEF: frozenset({".sdef", ".sdf", ".txt", ".dat"}),
    FileKind.TEXT: frozenset({".csv", ".tsv", ".txt", ".md", ".log", ".json", ".yaml", ".yml"}),
    FileKind.JPEG: frozenset({".jpg", ".jpeg"}),
}
